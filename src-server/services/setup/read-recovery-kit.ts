import { join } from 'node:path';
import { errnoOf } from '../../platform/fs-durable.ts';
import { readTextFile } from '../../platform/text-file.ts';
import { RECOVERY_KIT_FILE } from '../../storage/master-key.ts';
import type { ServiceContext } from '../context.ts';

/** The recovery kit in the data folder; undefined where somebody has stored it away. It holds the master key. */
export function readRecoveryKit({ config }: ServiceContext): string | undefined {
  try {
    return readTextFile(join(config.dataDir, RECOVERY_KIT_FILE));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
