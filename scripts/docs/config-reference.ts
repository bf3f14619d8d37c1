import * as z from 'zod';
import { STATIC_DEFAULTS } from '../../src-server/config/layers.ts';
import { settingsSchema } from '../../src-server/config/schema.ts';
import { LEAVES, type Leaf, leafName } from '../../src-server/config/settings.ts';

/** Defaults that the machine decides. */
const MACHINE_DEFAULTS: Readonly<Record<string, string>> = {
  dataDir: "the platform's application-data folder",
  disks: 'one disk inside the data dir',
  logFormat: 'json when stderr is not a terminal',
  'threads.http': 'half the cores, at least 1',
  'threads.io': 'one per core, at most 8',
};

const INTRODUCTION = `# Configuration

Generated from \`src-server/config\` by \`node scripts/generate-docs.ts\`; a test holds it current.

Each setting is taken from the first of these that has it: option, environment variable, configuration file (\`--config FILE\`
or \`STOWAGE_CONFIG\`, JSON or YAML), setting stored by console or provisioning (marked *stored*), default. What comes from
one of the first three is pinned: the console shows it and cannot change it. An empty variable counts as not set. Relative
paths are taken from the working folder, in a file from that file's folder. A key with a dot is a nested object in files.
Anything unknown, halved or contradictory ends the start with exit code 2 and one line that names it.

| key | option | environment | default | meaning |
|---|---|---|---|---|
`;

/** The text of docs/config.md. */
export function configReference(): string {
  return `${INTRODUCTION}${LEAVES.map(row).join('\n')}\n`;
}

function row(leaf: Leaf): string {
  const key = leaf.inFile ? code(leafName(leaf)) : '';
  const option = leaf.option === undefined ? '' : code(`--${leaf.option}${leaf.argument ? ` ${leaf.argument}` : ''}`);
  const repeatable = leaf.kind === 'disks' ? ' (repeatable)' : '';
  const separator = leaf.kind === 'disks' ? ' (`;` between)' : '';
  const env = leaf.env === undefined ? '' : `${code(leaf.env)}${separator}`;
  const meaning = `${describeLeaf(leaf)}${leaf.storable ? ' (*stored*)' : ''}`;
  return `| ${key} | ${option}${repeatable} | ${env} | ${defaultOf(leaf)} | ${meaning} |`;
}

function defaultOf(leaf: Leaf): string {
  const name = leafName(leaf);
  const value = STATIC_DEFAULTS[name];
  return MACHINE_DEFAULTS[name] ?? (value === undefined ? 'none' : code(String(value)));
}

function describeLeaf(leaf: Leaf): string {
  const [first, second] = leaf.path;
  const outer = new Map<string, z.ZodType>(Object.entries(settingsSchema.shape)).get(first);
  const schema = second !== undefined && outer instanceof z.ZodObject ? outer.shape[second] : outer;
  return schema?.description ?? '';
}

/** In a table cell a bar stands for itself only when escaped. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
