import type { Config } from '../config/schema.ts';
import { readTextIfThere } from '../platform/disk-folder.ts';
import { type DiskIdentity, identityPath, parseIdentity } from '../tiers/disk-identity.ts';
import { DiskRefused } from '../tiers/disk-refused.ts';

/** A configured disk that carries an identity, whoever uses it now. */
export interface FoundDisk extends DiskIdentity {
  readonly path: string;
}

/**
 * The configured disks that are there, without touching or locking them: for commands that only look, also beside a
 * running server. Throws DiskRefused where none is, or where an identity cannot be read.
 */
export async function findOfflineDisks(config: Config): Promise<FoundDisk[]> {
  const found: FoundDisk[] = [];
  for (const { name, path } of config.disks) {
    const text = await readTextIfThere(identityPath(path));
    const identity = text === undefined ? undefined : parseIdentity(text);
    if (text !== undefined && identity === undefined) {
      throw new DiskRefused(name, `${identityPath(path)} is damaged, or of a newer release`);
    }
    if (identity !== undefined) found.push({ ...identity, path });
  }
  if (found.length > 0) return found;
  if (config.disks.every((disk) => disk.builtIn))
    throw new DiskRefused('data-dir', `${config.dataDir} holds no install`);
  throw new DiskRefused('disks', 'none of the configured disks carries an identity of ours');
}
