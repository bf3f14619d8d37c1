import { ConfigError } from '../../config/config-error.ts';
import type { OfflineCommand } from '../ports.ts';

/** `stowage root-key reset` */
export const resetRootKey: OfflineCommand = async () => {
  throw new ConfigError('root-key reset', 'not in this version');
};
