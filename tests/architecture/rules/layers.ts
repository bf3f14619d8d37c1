import { type Rule, violation } from './violation.ts';

/**
 * The layers of src-server, top first (DESIGN §2). A folder may import from its own layer entry and from entries below;
 * entries that share a line never import each other.
 */
const ORDER: readonly (readonly string[])[] = [
  ['main'],
  ['app'],
  ['s3', 'console', 'jobs'],
  ['services'],
  ['tiers'],
  ['engine'],
  ['commands'],
  ['storage', 'db'],
  ['platform'],
  ['domain'],
];
/** Importable from anywhere but domain and platform; they import only domain and platform. */
const ASIDE = ['config', 'observability', 'contract'];
/** Parts of a layer that live in a folder of their own. */
const MEMBER_OF: Readonly<Record<string, string>> = { cli: 'main', threads: 'app' };

/** The layer of a path in src-server, undefined for a folder that the order does not know. */
export function layerOf(path: string): string | undefined {
  const part = path.split('/')[1] ?? '';
  const name = part.replace(/\.ts$/, '');
  const layer = MEMBER_OF[name] ?? name;
  return ASIDE.includes(layer) || rank(layer) >= 0 ? layer : undefined;
}

function rank(layer: string): number {
  return ORDER.findIndex((names) => names.includes(layer));
}

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  if (ASIDE.includes(from)) return to === 'domain' || to === 'platform';
  if (ASIDE.includes(to)) return from !== 'domain' && from !== 'platform';
  return rank(from) < rank(to);
}

/** Imports inside src-server flow one way. */
export const layersFlowOneWay: Rule = (unit) => {
  if (!unit.path.startsWith('src-server/')) return [];
  const from = layerOf(unit.path);
  if (from === undefined) return [violation(unit, 1, 'stands in a folder that no layer knows')];
  return unit.imports.flatMap(({ file, line, specifier }) => {
    if (file === undefined) return [];
    const to = file.startsWith('src-server/') ? layerOf(file) : undefined;
    if (to !== undefined && mayImport(from, to)) return [];
    // The version that `--version` prints.
    if (from === 'main' && file === 'package.json') return [];
    return [violation(unit, line, `${from} must not import ${specifier}`)];
  });
};

const CONTRACTS = /^src-server\/contract\/|^src-main\/ipc\/contract\.ts$/;

/** Main process and renderer see the server through its contract only, and each other through the IPC contract. */
export const shellsImportContractsOnly: Rule = (unit) => {
  const home = /^src-(main|renderer)\//.exec(unit.path)?.[0];
  if (home === undefined) return [];
  return unit.imports
    .filter(({ file }) => file !== undefined && !file.startsWith(home) && !CONTRACTS.test(file))
    .map(({ line, specifier }) => violation(unit, line, `${home} must not import ${specifier}`));
};
