import { isAbsolute } from 'node:path';
import * as z from 'zod';
import { CONFIG_PREFIX } from '../../commands/put-settings.ts';
import { ConfigError } from '../../config/config-error.ts';
import { firstIssue, jsonPath } from '../../config/issues.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { LEAVES, leafName } from '../../config/settings.ts';
import { listSettings } from '../../db/tables/setting.ts';
import { isFailure } from '../../domain/failure.ts';
import { authorize } from '../access/authorize.ts';
import { changedBy } from '../buckets/bucket-change.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { checkStart } from './check-start.ts';
import { isEditable } from './list-settings.ts';
import type { RunningSettings } from './running-settings.ts';
import { readStoredSettings, withLeaves } from './stored-settings.ts';

/** Values by leaf name; null goes back to the default. */
export type SettingChanges = ReadonlyMap<string, string | number | boolean | null>;

const TRIES = 3;

/**
 * Stores settings, all or none, and lets those that can take effect at once. They are tried first as the next start will
 * read them: a setting that would keep the server from starting is not stored.
 *
 * Throws AccessDenied; ConfigError, which names the setting, where a value is not good.
 */
export async function changeSettings(
  context: ServiceContext,
  running: RunningSettings,
  identity: Identity,
  changes: SettingChanges,
): Promise<void> {
  await authorize(context, { identity, iamAction: 'stowage:ChangeSettings' });
  for (const [name, value] of changes) checkLeaf(running.loaded, name, value);
  const next = await store(context, running, identity, changes, TRIES);
  await running.apply(next.config);
  context.events.publish({ kind: 'settings' }, 'operators');
}

async function store(
  context: ServiceContext,
  running: RunningSettings,
  identity: Identity,
  changes: SettingChanges,
  tries: number,
): Promise<LoadedConfig> {
  const { seen, stored } = await context.catalogue.read(async (tx) => ({
    seen: await listSettings(tx, CONFIG_PREFIX),
    stored: await readStoredSettings(tx),
  }));
  const next = running.loaded.withStored(merged(stored, changes), (leaf) => leaf);
  await checkStart(next.config, context.config);
  const rows = [...changes].map(([name, value]) => ({ name, value: value === null ? null : JSON.stringify(value) }));
  try {
    await context.engine.submit('put-settings', { seen, changes: rows, ...changedBy(context, identity) });
    return next;
  } catch (error) {
    if (!isFailure(error, 'OperationAborted') || tries <= 1) throw error;
    return store(context, running, identity, changes, tries - 1);
  }
}

function checkLeaf(loaded: LoadedConfig, name: string, value: string | number | boolean | null): void {
  const leaf = LEAVES.find((candidate) => leafName(candidate) === name);
  if (leaf === undefined) throw new ConfigError(name, 'there is no such setting');
  if (!leaf.storable) throw new ConfigError(name, 'is given when the server is started and cannot be stored');
  if (!isEditable(leaf, loaded)) throw new ConfigError(name, `is set by ${loaded.origins.get(name)?.name}`);
  if (leaf.kind === 'path' && value !== null && !(typeof value === 'string' && isAbsolute(value))) {
    throw new ConfigError(name, 'a path from the root of the file system is wanted');
  }
}

function merged(stored: Parameters<typeof withLeaves>[0], changes: SettingChanges): ReturnType<typeof withLeaves> {
  try {
    return withLeaves(stored, changes);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const { path, message } = firstIssue(error);
    throw new ConfigError(jsonPath(path), message);
  }
}
