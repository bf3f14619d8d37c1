import { ConfigError } from '../config/config-error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { isFolder, makePrivateFolder } from '../platform/data-dir.ts';
import { errnoOf } from '../platform/fs-durable.ts';

/** The default data dir is created, private to its user; a given one must exist. Throws `ConfigError`. */
export function prepareDataDir({ config, origins }: LoadedConfig): void {
  const origin = origins.get('dataDir');
  const where = origin === undefined || origin.kind === 'default' ? 'the default data dir' : origin.name;
  try {
    if (isFolder(config.dataDir)) return;
    if (origin?.kind === 'default') makePrivateFolder(config.dataDir);
    else throw new ConfigError(where, `${config.dataDir} is not an existing folder`);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(where, `${config.dataDir} cannot be used (${errnoOf(error) ?? 'unknown error'})`);
  }
}
