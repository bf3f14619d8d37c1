import type { LoadedConfig } from '../../config/load.ts';
import type { Origin } from '../../config/origin.ts';
import { LEAVES, type Leaf, leafName } from '../../config/settings.ts';
import { latestChanges } from '../../db/tables/change-record.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { choicesOf, isSecretLeaf } from './leaf-rules.ts';
import type { RunningSettings } from './running-settings.ts';
import { readStoredSettings, settingValues } from './stored-settings.ts';

/** One leaf as it is, and as it will be. Values of secrets never stand here: only whether there is one. */
export interface SettingFacts {
  readonly leaf: Leaf;
  readonly name: string;
  readonly isSecret: boolean;
  /** Where it is one of a few. */
  readonly choices: readonly string[];
  /** What the process runs with. */
  readonly value: unknown;
  readonly defaultValue: unknown;
  /** Of the running value. */
  readonly origin: Origin;
  /** Undefined where nothing is stored; of a secret, too, only whether there is one. */
  readonly storedValue: unknown;
  readonly isEditable: boolean;
  readonly isLive: boolean;
  /** The next start takes another value. */
  readonly isWaiting: boolean;
  /** Undefined where nobody changed it in the console. */
  readonly lastChange: { readonly by: string; readonly atMs: number } | undefined;
}

/** Every leaf of the configuration, in the order of the documentation. Throws AccessDenied. */
export async function listSettings(
  context: ServiceContext,
  running: RunningSettings,
  identity: Identity,
): Promise<SettingFacts[]> {
  await authorize(context, { identity, iamAction: 'stowage:ReadAppliance' });
  const { stored, latest } = await context.catalogue.read(async (tx) => ({
    stored: await readStoredSettings(tx),
    latest: await latestChanges(tx, { scope: 'setting', target: '' }),
  }));
  const next = running.loaded.withStored(stored);
  const storedValues = settingValues(stored);
  return LEAVES.map((leaf) => {
    const change = latest.find(({ field }) => field === leafName(leaf));
    const lastChange = change && { by: change.actor_name, atMs: change.at_ms };
    return { ...factsOf(leaf, running, next, storedValues.get(leafName(leaf))), lastChange };
  });
}

function factsOf(
  leaf: Leaf,
  { loaded, live: liveLeaves }: RunningSettings,
  next: LoadedConfig,
  storedValue: unknown,
): Omit<SettingFacts, 'lastChange'> {
  const name = leafName(leaf);
  const live = liveLeaves();
  const isSecret = isSecretLeaf(name);
  const value = live.get(name) ?? loaded.values.get(name) ?? null;
  // As resolved: without any in the configuration there is the one in the data dir.
  const running = name === 'disks' ? loaded.config.disks : value;
  const shown = (given: unknown) => (isSecret ? given !== null : given);
  return {
    leaf,
    name,
    isSecret,
    choices: choicesOf(leaf),
    value: shown(running),
    defaultValue: shown(loaded.defaults.get(name) ?? null),
    origin: (live.has(name) ? next : loaded).origins.get(name) ?? { kind: 'default', name },
    storedValue: storedValue === undefined ? undefined : shown(storedValue),
    isEditable: isEditable(leaf, loaded),
    isLive: live.has(name),
    isWaiting: JSON.stringify(next.values.get(name) ?? null) !== JSON.stringify(value),
  };
}

/** Can the console change it: nothing of higher precedence gives it, and the catalogue may hold it. */
export function isEditable(leaf: Leaf, { origins }: LoadedConfig): boolean {
  const kind = origins.get(leafName(leaf))?.kind;
  return leaf.storable && (kind === 'stored' || kind === 'default');
}
