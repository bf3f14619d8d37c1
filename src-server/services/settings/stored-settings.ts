import { CONFIG_PREFIX as PREFIX } from '../../commands/put-settings.ts';
import type { StoredSettings } from '../../config/stored-settings.ts';
import { storedSettingsSchema } from '../../config/stored-settings.ts';
import { listSettings } from '../../db/tables/setting.ts';
import type { ReadTx } from '../../db/tx.ts';

/** The leaves of stored settings as rows of the table `setting`: `config.s3.allowSignatureV2` -> `true`. */
export function settingLeaves(settings: StoredSettings): { name: string; value: string }[] {
  const leaves: { name: string; value: string }[] = [];
  collect(settings, PREFIX, leaves);
  return leaves;
}

function collect(node: object, prefix: string, leaves: { name: string; value: string }[]): void {
  for (const [key, value] of Object.entries(node)) {
    if (value === undefined) continue;
    // No leaf of the storable settings is an object or a list.
    if (typeof value === 'object' && value !== null) collect(value, `${prefix}${key}.`, leaves);
    else leaves.push({ name: `${prefix}${key}`, value: JSON.stringify(value) });
  }
}

/**
 * The settings that the console or a provisioning file stored, nested as in a configuration file: below it in precedence,
 * above the defaults. Throws a ZodError where a row is not what this version could have stored.
 */
export async function readStoredSettings(tx: ReadTx): Promise<StoredSettings> {
  return nested(await listSettings(tx, PREFIX));
}

/** What stands once `changes` are stored over `settings`. */
export function mergeSettings(settings: StoredSettings, changes: StoredSettings): StoredSettings {
  return nested([...settingLeaves(settings), ...settingLeaves(changes)]);
}

/** What stands once leaves are set, or with null taken away. Throws a ZodError where that is nothing to be stored. */
export function withLeaves(settings: StoredSettings, changes: ReadonlyMap<string, unknown>): StoredSettings {
  const kept = settingLeaves(settings).filter(({ name }) => !changes.has(name.slice(PREFIX.length)));
  const set = [...changes]
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ name: `${PREFIX}${name}`, value: JSON.stringify(value) }));
  return nested([...kept, ...set]);
}

/** What is stored, by dotted name. */
export function settingValues(settings: StoredSettings): ReadonlyMap<string, unknown> {
  return new Map(settingLeaves(settings).map(({ name, value }) => [name.slice(PREFIX.length), JSON.parse(value)]));
}

/** Dotted names of the leaves that are there, as in a configuration file. */
export function settingNames(settings: StoredSettings): ReadonlySet<string> {
  return new Set(settingLeaves(settings).map(({ name }) => name.slice(PREFIX.length)));
}

function nested(leaves: readonly { readonly name: string; readonly value: string }[]): StoredSettings {
  const root: Record<string, unknown> = {};
  for (const { name, value } of leaves) place(root, name.slice(PREFIX.length).split('.'), JSON.parse(value));
  return storedSettingsSchema.parse(root);
}

function place(node: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    node[key] = value;
    return;
  }
  const child: Record<string, unknown> = {};
  const known = node[key];
  if (typeof known === 'object' && known !== null) Object.assign(child, known);
  place(child, rest, value);
  node[key] = child;
}
