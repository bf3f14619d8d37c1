import { deleteSetting, listSettings, putSetting } from '../db/tables/setting.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs } from '../domain/ids.ts';
import { type ChangeActor, recordChange } from './support/record-change.ts';

/** Begins the names of rows that hold leaves of the configuration: `config.s3.allowRoot`. */
export const CONFIG_PREFIX = 'config.';

export interface PutSettingsInput {
  /** All rows as the caller saw them when it held the changes to be good together with them. */
  readonly seen: readonly { readonly name: string; readonly value: string }[];
  /** Leaves by name without the prefix, as JSON text; null takes the row away. */
  readonly changes: readonly { readonly name: string; readonly value: string | null }[];
  readonly by: ChangeActor;
  readonly nowMs: EpochMs;
}

/**
 * Stores leaves of the configuration and notes each that differs in the history. Throws OperationAborted where the stored
 * settings are no longer those that were seen: what was good with those may contradict these.
 */
export async function putSettings(tx: WriteTx, { seen, changes, by, nowMs }: PutSettingsInput): Promise<void> {
  const rows = await listSettings(tx, CONFIG_PREFIX);
  const isAsSeen = rows.length === seen.length && rows.every((row, index) => isSame(row, seen[index]));
  if (!isAsSeen) throw new Failure('OperationAborted', 'somebody else changed settings at the same time');
  for (const { name, value } of changes) {
    const before = rows.find((row) => row.name === `${CONFIG_PREFIX}${name}`)?.value ?? null;
    if (before === value) continue;
    if (value === null) await deleteSetting(tx, `${CONFIG_PREFIX}${name}`);
    else await putSetting(tx, `${CONFIG_PREFIX}${name}`, value);
    await recordChange(tx, {
      scope: 'setting',
      target: '',
      field: name,
      before: parsed(before),
      after: parsed(value),
      by,
      nowMs,
    });
  }
}

type Row = PutSettingsInput['seen'][number];

function isSame(one: Row, other: Row | undefined): boolean {
  return one.name === other?.name && one.value === other.value;
}

function parsed(json: string | null): unknown {
  return json === null ? undefined : JSON.parse(json);
}
