import type { LoadedConfig } from '../../config/load.ts';
import type { Config } from '../../config/schema.ts';

/** The configuration as this process runs with it. The composition root gives it to the console. */
export interface RunningSettings {
  /** What it was started with, stored settings in their place. */
  readonly loaded: LoadedConfig;
  /** The leaves that take effect at once, and what they are now. */
  live(): ReadonlyMap<string, unknown>;
  /** Lets the live leaves take effect. */
  apply(wanted: Config): Promise<void>;
}
