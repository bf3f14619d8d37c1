import { randomUUID } from 'node:crypto';
import type { Config } from '../config/schema.ts';
import { findDisks } from '../db/tables/disk.ts';
import { TIERS } from '../domain/ids.ts';
import type { EngineDisk } from '../engine/engine-options.ts';
import type { Catalogue } from '../services/context.ts';
import { type AttachedDisks, attachDisks, type PresentDisk } from '../tiers/attach-disks.ts';
import { DiskRefused } from '../tiers/disk-refused.ts';
import { createDiskSetState, type DiskFacts, type DiskSetState } from '../tiers/disk-set.ts';
import { observeDisk } from '../tiers/watch-disks.ts';

/** The configured disks as the engine wants them: the log's own first (LOG.md 20), then the other present ones. */
export interface StartDisks {
  readonly attached: AttachedDisks;
  readonly logDisk: EngineDisk;
  readonly otherDisks: readonly EngineDisk[];
}

/** Throws DiskRefused, LockHeld; see `attachDisks`. */
export async function openDisks(config: Config, adoptInstall: boolean): Promise<StartDisks> {
  const { dataDir, disks } = config;
  const attached = await attachDisks({
    dataDir,
    disks,
    adoptInstall,
    nowMs: Date.now(),
    newUuid: randomUUID,
  });
  try {
    const [logDisk, ...otherDisks] = byTier(attached);
    if (logDisk === undefined) throw new DiskRefused('disks', 'none of the configured disks is there');
    return { attached, logDisk, otherDisks };
  } catch (error) {
    attached.release();
    throw error;
  }
}

/** Present disks, hottest tier first, in the order of the configuration within a tier. */
function byTier({ disks }: AttachedDisks): PresentDisk[] {
  const present = disks.filter((disk): disk is PresentDisk => disk.present);
  return present.sort((a, b) => TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier));
}

/** The disks with their catalogue ids, for every thread. Call once the engine has brought their rows. */
export async function describeDisks({ attached, logDisk }: StartDisks, catalogue: Catalogue): Promise<DiskSetState> {
  const rows = await catalogue.read((tx) => findDisks(tx));
  const facts: DiskFacts[] = [];
  for (const row of rows) {
    const disk = attached.disks.find(({ uuid }) => uuid === row.uuid);
    if (disk === undefined) continue;
    const place = { root: disk.path, device: disk.present ? disk.device : -1 };
    const space = disk.present ? await observeDisk(place) : undefined;
    facts.push({ id: row.id, uuid: row.uuid, name: disk.name, tier: disk.tier, ...place, space });
  }
  const log = facts.find(({ uuid }) => uuid === logDisk.uuid);
  if (log === undefined) throw new Error('the disk of the log has no row in the catalogue');
  return createDiskSetState(facts, log.id);
}
