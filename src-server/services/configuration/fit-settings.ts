import { CONFIG_PREFIX } from '../../commands/put-settings.ts';
import { ConfigError } from '../../config/config-error.ts';
import type { Config } from '../../config/schema.ts';
import { LEAVES, leafName } from '../../config/settings.ts';
import type { StoredSettings } from '../../config/stored-settings.ts';
import { type ImportItem, importItem } from '../../domain/import-item.ts';
import { checkStart } from '../settings/check-start.ts';
import { isEditable } from '../settings/list-settings.ts';
import type { RunningSettings } from '../settings/running-settings.ts';
import { settingLeaves, withLeaves } from '../settings/stored-settings.ts';

/** What of a file's settings this machine can take. */
export interface FittingSettings {
  /** Rows to be stored. */
  readonly rows: readonly { readonly name: string; readonly value: string }[];
  readonly refused: readonly ImportItem[];
  /** What the next start will read. */
  readonly next: Config;
}

/**
 * Tries the settings of a file as the next start would read them, those that belong together at once (`tls.cert` with
 * `tls.key`): another machine has other addresses and files, and what would keep the server from starting stays out.
 */
export async function fitSettings(
  running: RunningSettings,
  current: Config,
  stored: StoredSettings,
  wanted: StoredSettings,
): Promise<FittingSettings> {
  const rows: { name: string; value: string }[] = [];
  const refused: ImportItem[] = [];
  let accepted = stored;
  let next = running.loaded.withStored(stored).config;
  for (const leaves of Map.groupBy(settingLeaves(wanted), groupOf).values()) {
    const free = leaves.filter((leaf) => !isGivenAtStart(running, leaf.name));
    for (const leaf of leaves) if (!free.includes(leaf)) refused.push(refusal(leaf.name, 'given-at-start', ''));
    try {
      const tried = withLeaves(accepted, new Map(free.map(({ name, value }) => [shortName(name), JSON.parse(value)])));
      const config = running.loaded.withStored(tried).config;
      await checkStart(config, current);
      [accepted, next] = [tried, config];
      rows.push(...free);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      refused.push(...free.map(({ name }) => refusal(name, 'keeps-from-starting', error.what)));
    }
  }
  return { rows, refused, next };
}

function groupOf({ name }: { readonly name: string }): string {
  return shortName(name).split('.')[0] ?? name;
}

function shortName(row: string): string {
  return row.slice(CONFIG_PREFIX.length);
}

function isGivenAtStart({ loaded }: RunningSettings, row: string): boolean {
  const leaf = LEAVES.find((candidate) => leafName(candidate) === shortName(row));
  return leaf === undefined || !isEditable(leaf, loaded);
}

function refusal(row: string, why: 'given-at-start' | 'keeps-from-starting', detail: string): ImportItem {
  return importItem({ kind: 'setting', name: row, outcome: 'refused', refusal: why, detail });
}
