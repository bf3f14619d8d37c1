import { resolve } from 'node:path';
import type * as z from 'zod';
import { parseCommandLine } from './command-line.ts';
import { ConfigError } from './config-error.ts';
import { firstIssue, jsonPath } from './issues.ts';
import {
  type ConfigInput,
  defaultLayer,
  environmentLayer,
  fileLayer,
  type Layer,
  optionLayer,
  storedLayer,
} from './layers.ts';
import type { Origin } from './origin.ts';
import { resolveConfig } from './resolve.ts';
import { type Config, settingsSchema } from './schema.ts';
import { LEAVES, type Leaf, leafName } from './settings.ts';
import type { StoredSettings } from './stored-settings.ts';

export interface LoadedConfig {
  readonly config: Config;
  /** By leaf name (`tls.cert`). */
  readonly origins: ReadonlyMap<string, Origin>;
  /** The same values by leaf name, as they were given. Some are secrets. */
  readonly values: ReadonlyMap<string, unknown>;
  /** What each leaf is where nobody sets it. */
  readonly defaults: ReadonlyMap<string, unknown>;
  /**
   * The same sources with the settings stored in the catalogue added at their place. Throws `ConfigError`, which calls a
   * stored leaf by `nameOf`.
   */
  withStored(stored: StoredSettings, nameOf?: (leaf: string) => string): LoadedConfig;
}

/** Reads option, environment, file and defaults, the first that has a value wins. Throws `ConfigError` (exit 2). */
export function loadConfig(input: ConfigInput): LoadedConfig {
  const commandLine = parseCommandLine(input.args);
  const configFile = commandLine.configFile ?? (input.env.STOWAGE_CONFIG || undefined);
  const pinned: readonly Layer[] = [
    optionLayer(commandLine.leaves, input.cwd),
    environmentLayer(input),
    configFile === undefined ? new Map() : fileLayer(resolve(input.cwd, configFile), input.readTextFile),
  ];
  const defaults = defaultLayer(input);
  const debug = input.env.STOWAGE_DEBUG === '1';
  const combine = (stored: Layer): LoadedConfig => {
    const combined = combineLayers([...pinned, stored, defaults], debug);
    const withStored: LoadedConfig['withStored'] = (settings, nameOf = storedName) =>
      combine(storedLayer(settings, nameOf));
    return { ...combined, defaults: valuesOf(defaults), withStored };
  };
  return combine(new Map());
}

function valuesOf(layer: Layer): ReadonlyMap<string, unknown> {
  return new Map([...layer].map(([name, { value }]) => [name, value]));
}

function storedName(leaf: string): string {
  return `stored setting ${leaf}`;
}

function combineLayers(layers: readonly Layer[], debug: boolean): Pick<LoadedConfig, 'config' | 'origins' | 'values'> {
  const raw: Record<string, unknown> = {};
  const origins = new Map<string, Origin>();
  const values = new Map<string, unknown>();
  for (const leaf of LEAVES) {
    const given = layers.map((layer) => layer.get(leafName(leaf))).find((value) => value !== undefined);
    if (given === undefined) throw new Error(`no default for ${leafName(leaf)}`);
    origins.set(leafName(leaf), given.origin);
    values.set(leafName(leaf), given.value);
    put(raw, leaf.path, given.value);
  }
  const parsed = settingsSchema.safeParse(raw);
  if (!parsed.success) throw originError(origins, parsed.error);
  return { config: resolveConfig(parsed.data, origins, debug), origins, values };
}

function originError(origins: ReadonlyMap<string, Origin>, error: z.ZodError): ConfigError {
  const { path, message } = firstIssue(error);
  const leaf = LEAVES.find((candidate) => candidate.path.every((part, index) => part === path[index]));
  const origin = leaf === undefined ? undefined : origins.get(leafName(leaf));
  const rest = leaf === undefined ? path : path.slice(leaf.path.length);
  return new ConfigError(origin?.name ?? jsonPath(path), rest.length > 0 ? `${jsonPath(rest)}: ${message}` : message);
}

function put(target: Record<string, unknown>, path: Leaf['path'], value: unknown): void {
  const [first, second] = path;
  if (second === undefined) target[first] = value;
  else target[first] = { ...objectOf(target[first]), [second]: value };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
