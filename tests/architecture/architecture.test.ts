import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { layersFlowOneWay, shellsImportContractsOnly } from './rules/layers.ts';
import { modulesStayHome, packagesAreDeclared, pureFoldersStayPure, zodIsImportedWhole } from './rules/modules.ts';
import { filesStayShort, functionsStayShort } from './rules/sizes.ts';
import { noMachineNames, nothingIsAny, nothingIsUnfinished, sqlStaysInDb } from './rules/text.ts';
import type { Rule } from './rules/violation.ts';
import { readSourceTree, type SourceUnit } from './source-tree.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

describe('architecture', () => {
  let units: SourceUnit[] = [];
  before(() => {
    units = [...readSourceTree(ROOT), ...readSourceTree(ROOT, 'src-renderer')];
  });
  const packageJson: { dependencies: Record<string, string> } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const rules: readonly (readonly [string, Rule])[] = [
    ['imports flow one way between the layers', layersFlowOneWay],
    ['main process and renderer import contracts only', shellsImportContractsOnly],
    ['node:fs, better-sqlite3 and electron stay where they belong', modulesStayHome],
    ['domain and contract are pure', pureFoldersStayPure],
    ['the server imports declared dependencies only', packagesAreDeclared(Object.keys(packageJson.dependencies))],
    ['zod is imported whole', zodIsImportedWhole],
    ['SQL stays in db/', sqlStaysInDb],
    ['nothing is any', nothingIsAny],
    ['files have at most 400 lines', filesStayShort],
    ['functions have at most 70 lines', functionsStayShort],
  ];
  for (const [name, rule] of rules) {
    it(name, () => {
      assert.ok(units.length > 50, `only ${units.length} files were read`);
      assert.deepEqual(units.flatMap(rule), []);
    });
  }

  it('committed files are finished and name no machine', () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
    const texts = files.filter((path) => !/\.(png|ico|icns|bin)$/.test(path)).map((path) => textUnit(path));
    assert.deepEqual([...texts.flatMap(nothingIsUnfinished), ...texts.flatMap(noMachineNames)], []);
  });
});

/** A file of any kind, for the rules that look at its text only. */
function textUnit(path: string): SourceUnit {
  const text = readIfThere(join(ROOT, path));
  return { path, text, lineCount: 0, imports: [], functions: [], literals: [], anyLines: [] };
}

/** A file that is tracked and deleted in the work tree has nothing to break. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
