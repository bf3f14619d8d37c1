import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { layersFlowOneWay, shellsImportContractsOnly } from './rules/layers.ts';
import { modulesStayHome, packagesAreDeclared, pureFoldersStayPure, zodIsImportedWhole } from './rules/modules.ts';
import { filesStayShort, functionsStayShort } from './rules/sizes.ts';
import { noMachineNames, nothingIsAny, nothingIsUnfinished, sqlStaysInDb } from './rules/text.ts';
import type { Rule } from './rules/violation.ts';
import { readSourceTree, type SourceUnit } from './source-tree.ts';

interface Case {
  readonly name: string;
  readonly rule: Rule;
  readonly path: string;
  readonly source: string;
  /** Part of the one expected violation; undefined = the file is fine. */
  readonly expected: string | undefined;
}

const LONG_BODY = 'x();\n'.repeat(69);

/** Each rule against a file that breaks it and a file that looks alike and does not. */
const CASES: readonly Case[] = [
  breaks(layersFlowOneWay, 'src-server/services/a.ts', "import '../s3/operation.ts';", 'services must not import'),
  breaks(layersFlowOneWay, 'src-server/s3/a.ts', "import type { X } from '../console/x.ts';", 's3 must not import'),
  breaks(layersFlowOneWay, 'src-server/jobs/a.ts', "export * from '../s3/x.ts';", 'jobs must not import'),
  breaks(layersFlowOneWay, 'src-server/db/a.ts', "import '../storage/x.ts';", 'db must not import'),
  breaks(layersFlowOneWay, 'src-server/storage/a.ts', "await import('../db/x.ts');", 'storage must not import'),
  breaks(
    layersFlowOneWay,
    'src-server/commands/a.ts',
    "type X = import('../engine/x.ts').X;",
    'commands must not import',
  ),
  breaks(layersFlowOneWay, 'src-server/config/a.ts', "import '../observability/x.ts';", 'config must not import'),
  breaks(layersFlowOneWay, 'src-server/domain/a.ts', "import '../platform/x.ts';", 'domain must not import'),
  breaks(layersFlowOneWay, 'src-server/platform/a.ts', "import '../config/x.ts';", 'platform must not import'),
  breaks(layersFlowOneWay, 'src-server/engine/b.ts', "import '../app.ts';", 'engine must not import'),
  breaks(layersFlowOneWay, 'src-server/engine/c.ts', "import '../../src-main/x.ts';", 'engine must not import'),
  breaks(layersFlowOneWay, 'src-server/utils/a.ts', 'x();', 'no layer knows'),
  keeps(
    layersFlowOneWay,
    'src-server/s3/d.ts',
    "import '../services/x.ts';\nimport '../domain/y.ts';\nimport '../config/z.ts';",
  ),
  keeps(layersFlowOneWay, 'src-server/cli/a.ts', "import '../app.ts';\nimport '../main.ts';"),
  keeps(layersFlowOneWay, 'src-server/threads/a.ts', "import '../engine/x.ts';\nimport '../s3/x.ts';"),
  breaks(shellsImportContractsOnly, 'src-renderer/a.ts', "import '../src-server/domain/x.ts';", 'must not import'),
  breaks(shellsImportContractsOnly, 'src-main/a.ts', "import '../src-renderer/x.ts';", 'must not import'),
  keeps(shellsImportContractsOnly, 'src-renderer/b.ts', "import '../src-server/contract/x.ts';\nimport './c.ts';"),
  breaks(modulesStayHome, 'src-server/s3/e.ts', "import 'node:fs';", 'belongs to platform'),
  breaks(modulesStayHome, 'src-server/console/e.ts', "import { open } from 'node:fs/promises';", 'belongs to platform'),
  breaks(modulesStayHome, 'src-server/engine/e.ts', "import 'better-sqlite3';", 'belongs to db/sqlite'),
  breaks(modulesStayHome, 'src-server/app.ts', "import 'electron';", 'belongs to src-main'),
  keeps(modulesStayHome, 'src-server/db/sqlite/e.ts', "import 'better-sqlite3';\nimport 'node:fs';"),
  breaks(pureFoldersStayPure, 'src-server/domain/f.ts', "import 'node:http';", 'pure folder'),
  keeps(pureFoldersStayPure, 'src-server/contract/f.ts', "import * as z from 'zod';"),
  breaks(
    packagesAreDeclared(['koa']),
    'src-server/s3/g.ts',
    "import '@scope/thing/part';",
    '@scope/thing is not among',
  ),
  keeps(packagesAreDeclared(['koa']), 'src-server/console/g.ts', "import 'koa';\nimport 'node:http';"),
  breaks(zodIsImportedWhole, 'src-server/config/h.ts', "import { z } from 'zod';", 'import * as z'),
  keeps(zodIsImportedWhole, 'src-server/config/i.ts', "import * as z from 'zod';"),
  breaks(sqlStaysInDb, 'src-server/services/j.ts', "x('SELECT name FROM bucket');", 'SQL outside db/'),
  breaks(sqlStaysInDb, 'src-server/engine/j.ts', 'x(`PRAGMA wal_checkpoint`);', 'SQL outside db/'),
  keeps(sqlStaysInDb, 'src-server/db/tables/j.ts', "x('SELECT name FROM bucket');"),
  keeps(sqlStaysInDb, 'src-server/services/k.ts', "x('Select a bucket'); y('UPDATE');"),
  breaks(nothingIsAny, 'src-server/s3/l.ts', 'export function f(x: any) { return x; }', 'any'),
  breaks(nothingIsAny, 'src-server/s3/m.ts', 'export const x = 1 as any;', 'any'),
  keeps(nothingIsAny, 'src-server/s3/n.ts', "export const any = 'any'; // any"),
  breaks(nothingIsUnfinished, 'src-server/s3/o.ts', `// ${'TO' + 'DO'}: later`, 'unfinished'),
  breaks(noMachineNames, 'src-server/s3/p.ts', `x('${'/wo' + 'rk'}/main/a');`, 'a path of one machine'),
  breaks(noMachineNames, 'docs.ts', `x('https://${'registry'}.example.com/a');`, 'a registry host'),
  keeps(noMachineNames, 'src-server/s3/q.ts', "x('./work/a', 'https://example.com/root/x');"),
  breaks(filesStayShort, 'src-server/s3/r.ts', 'x();\n'.repeat(401), '401 lines'),
  keeps(filesStayShort, 'src-server/db/tables/r.ts', 'x();\n'.repeat(401)),
  breaks(functionsStayShort, 'src-server/s3/s.ts', `function long() {\n${LONG_BODY}}`, 'long has 71 lines'),
  breaks(functionsStayShort, 'src-server/s3/t.ts', `const long = () => {\n${LONG_BODY}};`, 'long has 71 lines'),
  breaks(functionsStayShort, 'src-server/s3/u.ts', `class C {\n  long() {\n${LONG_BODY}  }\n}`, 'long has 71 lines'),
  keeps(functionsStayShort, 'src-server/s3/v.ts', `describe('x', () => {\n${LONG_BODY}});`),
];

function breaks(rule: Rule, path: string, source: string, expected: string): Case {
  return { name: `${path} breaks: ${expected}`, rule, path, source, expected };
}

function keeps(rule: Rule, path: string, source: string): Case {
  return { name: `${path} is fine`, rule, path, source, expected: undefined };
}

describe('architecture rules', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'stowage-rules-')));
  let units: Map<string, SourceUnit>;
  before(() => {
    // Each case in a tree of its own: two cases may use one path.
    writeFileSync(join(root, 'tsconfig.json'), '{"compilerOptions":{"noEmit":true,"types":[]},"include":["**/*.ts"]}');
    CASES.forEach(({ path, source }, index) => {
      const file = join(root, String(index), path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, source);
    });
    units = new Map(readSourceTree(root).map((unit) => [unit.path, unit]));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  CASES.forEach(({ name, rule, path, expected }, index) => {
    it(name, () => {
      const unit = units.get(`${index}/${path}`);
      assert.ok(unit !== undefined, 'the file was not read');
      const found = rule(withoutPrefix(unit, `${index}/`));
      assert.equal(found.length, expected === undefined ? 0 : 1, `found: ${found.join('\n')}`);
      assert.ok(found[0] === undefined || found[0].includes(expected ?? ''), `found: ${found[0]}`);
    });
  });
});

function withoutPrefix(unit: SourceUnit, prefix: string): SourceUnit {
  const strip = (path: string) => (path.startsWith(prefix) ? path.slice(prefix.length) : path);
  const imports = unit.imports.map((use) => (use.file === undefined ? use : { ...use, file: strip(use.file) }));
  return { ...unit, path: strip(unit.path), imports };
}
