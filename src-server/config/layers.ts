import { availableParallelism } from 'node:os';
import { dirname, resolve } from 'node:path';
import * as z from 'zod';
import { ConfigError } from './config-error.ts';
import { defaultDataDir } from './default-data-dir.ts';
import { firstIssue, jsonPath } from './issues.ts';
import { parseLeafText } from './leaf-text.ts';
import type { Origin } from './origin.ts';
import { settingsSchema } from './schema.ts';
import { LEAVES, type Leaf, leafName } from './settings.ts';
import type { StoredSettings } from './stored-settings.ts';
import { parseStructuredText } from './structured-text.ts';

/** Everything outside that decides the configuration; tests give their own. */
export interface ConfigInput {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stderrIsTerminal: boolean;
  /** Throws when the file cannot be read. */
  readonly readTextFile: (path: string) => string;
}

/** A value still to be validated, and who gave it. */
export interface Given {
  readonly value: unknown;
  readonly origin: Origin;
}
/** What one source gives, by leaf name. */
export type Layer = ReadonlyMap<string, Given>;

export function optionLayer(given: ReadonlyMap<string, readonly string[]>, cwd: string): Layer {
  return collect((leaf) => {
    const texts = given.get(leafName(leaf));
    if (texts === undefined) return undefined;
    const name = `--${leaf.option}`;
    return { value: parseLeafText(leaf, texts, name, cwd), origin: { kind: 'option', name } };
  });
}

export function environmentLayer({ env, cwd }: ConfigInput): Layer {
  return collect((leaf) => {
    // An empty variable is how service files say "not set".
    const text = leaf.env === undefined ? undefined : env[leaf.env];
    if (leaf.env === undefined || text === undefined || text === '') return undefined;
    const texts = leaf.kind === 'disks' ? text.split(';').filter((disk) => disk.trim() !== '') : [text];
    return { value: parseLeafText(leaf, texts, leaf.env, cwd), origin: { kind: 'env', name: leaf.env } };
  });
}

export function fileLayer(file: string, readTextFile: (path: string) => string): Layer {
  const value = parseStructuredText(readConfigFile(file, readTextFile), 'json-or-yaml', file) ?? {};
  const parsed = partialSettings((leaf) => leaf.inFile).safeParse(value);
  if (!parsed.success) throw issueError(file, parsed.error);
  return collect((leaf) => {
    const given = at(parsed.data, leaf.path);
    if (given === undefined) return undefined;
    const origin: Origin = { kind: 'file', name: `${file}: ${leafName(leaf)}` };
    return { value: absolutePaths(leaf, given, dirname(file)), origin };
  });
}

function readConfigFile(file: string, readTextFile: (path: string) => string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    throw new ConfigError(
      file,
      error instanceof Error && 'code' in error ? `cannot be read (${error.code})` : 'cannot be read',
    );
  }
}

/** Paths in a file are meant from the file's own folder. */
function absolutePaths(leaf: Leaf, value: unknown, folder: string): unknown {
  if (leaf.kind === 'path' && typeof value === 'string') return resolve(folder, value);
  if (leaf.kind !== 'disks' || !Array.isArray(value)) return value;
  return value.map((disk: { path: string }) => ({ ...disk, path: resolve(folder, disk.path) }));
}

/** The nested partial schema of what may stand in one kind of place; any other key is unknown there. */
function partialSettings(allows: (leaf: Leaf) => boolean): z.ZodType<Record<string, unknown>> {
  const shape: Record<string, z.ZodType> = {};
  for (const [key, schema] of Object.entries(settingsSchema.shape)) {
    const leaves = LEAVES.filter((leaf) => leaf.path[0] === key && allows(leaf));
    if (leaves.length === 0) continue;
    shape[key] = schema instanceof z.ZodObject ? schema.partial().optional() : schema.optional();
  }
  return z.strictObject(shape);
}

/** @param nameOf how messages call a stored leaf */
export function storedLayer(stored: StoredSettings, nameOf: (leaf: string) => string): Layer {
  return collect((leaf) => {
    const value = leaf.storable ? at(stored, leaf.path) : undefined;
    if (value === undefined) return undefined;
    return { value, origin: { kind: 'stored', name: nameOf(leafName(leaf)) } };
  });
}

export function defaultLayer({ env, stderrIsTerminal }: ConfigInput): Layer {
  const cores = availableParallelism();
  const values: Readonly<Record<string, unknown>> = {
    ...STATIC_DEFAULTS,
    dataDir: defaultDataDir(env),
    logFormat: stderrIsTerminal ? 'pretty' : 'json',
    'threads.http': process.platform === 'linux' ? Math.max(1, Math.floor(cores / 2)) : 1,
    'threads.io': Math.min(cores, 8),
  };
  return collect((leaf) => {
    const name = leafName(leaf);
    return { value: values[name] ?? null, origin: { kind: 'default', name } };
  });
}

/** Defaults that do not depend on the machine; a leaf that is missing here and above is null. */
export const STATIC_DEFAULTS: Readonly<Record<string, unknown>> = {
  disks: [],
  s3Address: '127.0.0.1:9000',
  consoleAddress: '127.0.0.1:9001',
  region: 'us-east-1',
  'tls.selfSigned': false,
  durability: 'strict',
  lifecycleDay: 86_400,
  's3.allowSignatureV2': true,
  's3.allowInsecureSseC': false,
  's3.allowRoot': true,
  's3.heldNameDays': 30,
  's3.newBucketOwnership': 'BucketOwnerEnforced',
  's3.newBucketPublicAccessBlock': true,
  'http.trustedProxies': null,
  'limits.keyRequestsPerSecond': 0,
  'limits.addressRequestsPerSecond': 0,
  'limits.tenantRequestsPerSecond': 0,
  'limits.keyBytesPerSecond': 0,
  'limits.tenantBytesPerSecond': 0,
  'limits.keyConcurrentRequests': 0,
  'garbage.graceSeconds': 3_600,
  'bin.keepDays': 30,
};

function issueError(file: string, error: z.ZodError): ConfigError {
  const { path, message } = firstIssue(error);
  return new ConfigError(file, `${jsonPath(path)}: ${message}`);
}

function collect(give: (leaf: Leaf) => Given | undefined): Layer {
  return new Map(
    LEAVES.flatMap((leaf) => {
      const given = give(leaf);
      return given === undefined ? [] : [[leafName(leaf), given] as const];
    }),
  );
}

function at(settings: object, path: Leaf['path']): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined),
    settings,
  );
}
