import type { LoadedConfig } from '../config/load.ts';
import type { EngineHost } from '../engine/engine-host.ts';
import type { RunningSettings } from '../services/settings/running-settings.ts';

/** What this process runs with: durability can be changed while it does, everything else was read at the start. */
export function runningSettings(loaded: LoadedConfig, engine: EngineHost): RunningSettings {
  let { durability } = loaded.config;
  return {
    loaded,
    live: () => new Map([['durability', durability]]),
    apply: async (wanted) => {
      if (wanted.durability === durability) return;
      await engine.setDurability(wanted.durability);
      durability = wanted.durability;
    },
  };
}
