import { type Rule, violation } from './violation.ts';

const FILE_SYSTEM_HOMES = /^src-server\/(platform|storage|db\/sqlite|engine|threads)\/|^(scripts|tests|src-main)\//;
/** The tests of the shell stand in for Electron, by its types. */
const ELECTRON_HOMES = /^(src-main|tests\/desktop)\//;
const SQLITE_HOMES = /^src-server\/db\/sqlite\/|^tests\//;
/** Rules compute; they neither read nor wait. */
const PURE_MODULES = new Set(['node:buffer', 'node:crypto', 'node:util', 'zod']);

/** Packages and Node modules that only some places may use. */
export const modulesStayHome: Rule = (unit) =>
  unit.imports.flatMap(({ specifier, line }) => {
    if (/^node:fs(\/|$)/.test(specifier) && !FILE_SYSTEM_HOMES.test(unit.path)) {
      return [violation(unit, line, `${specifier} belongs to platform and storage`)];
    }
    if (specifier === 'better-sqlite3' && !SQLITE_HOMES.test(unit.path)) {
      return [violation(unit, line, 'better-sqlite3 belongs to db/sqlite')];
    }
    if (/^electron(\/|$)/.test(specifier) && !ELECTRON_HOMES.test(unit.path)) {
      return [violation(unit, line, 'electron belongs to src-main')];
    }
    return [];
  });

/** `domain` and `contract` run anywhere: no I/O, no server package. */
export const pureFoldersStayPure: Rule = (unit) => {
  if (!/^src-server\/(domain|contract)\//.test(unit.path)) return [];
  return unit.imports
    .filter(({ file, specifier }) => file === undefined && !PURE_MODULES.has(specifier))
    .map(({ line, specifier }) => violation(unit, line, `a pure folder must not import ${specifier}`));
};

/** The server runs on what `dependencies` lists; the named import of zod would triple the renderer's share of it. */
export function packagesAreDeclared(dependencies: readonly string[]): Rule {
  return (unit) => {
    if (!unit.path.startsWith('src-server/')) return [];
    return unit.imports.flatMap(({ file, specifier, line }) => {
      if (file !== undefined || specifier.startsWith('node:')) return [];
      const name = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');
      return dependencies.includes(name) ? [] : [violation(unit, line, `${name} is not among the dependencies`)];
    });
  };
}

/** `import * as z from 'zod'` keeps bundles small; the named form does not. */
export const zodIsImportedWhole: Rule = (unit) =>
  [...unit.text.matchAll(/^import (?!type )(?!\* as z )[^\n]* from 'zod';$/gm)].map((match) =>
    violation(unit, unit.text.slice(0, match.index).split('\n').length, "write import * as z from 'zod'"),
  );
