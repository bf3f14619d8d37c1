import { ConfigError } from '../../config/config-error.ts';
import type { OfflineCommand } from '../ports.ts';

/** `stowage rebuild-catalogue` */
export const rebuildCatalogue: OfflineCommand = async () => {
  throw new ConfigError('rebuild-catalogue', 'not in this version');
};
