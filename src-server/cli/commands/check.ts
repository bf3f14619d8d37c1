import { ConfigError } from '../../config/config-error.ts';
import type { OfflineCommand } from '../ports.ts';

/** `stowage check [--repair]` */
export const check: OfflineCommand = async () => {
  throw new ConfigError('check', 'not in this version');
};
