import type { HealthFacts } from '../console/endpoint.ts';
import { findRootUser } from '../db/tables/iam-user.ts';
import { roomBytes } from '../domain/placement.ts';
import type { ServiceContext } from '../services/context.ts';
import type { DiskFacts } from '../tiers/disk-set.ts';

export interface HealthSources {
  /** It answered just now. */
  readonly catalogueWorks: boolean;
  readonly disks: readonly DiskFacts[];
  /** Why writes are refused; undefined in ordinary service. */
  readonly refusedReason: string | undefined;
  /** Why changes were refused in the last minute, though not all may be. */
  readonly recentFailure: string | undefined;
  /** Configured disks that were not there at the start. */
  /** No object lock ends until an admin confirms the time. */
  readonly expiriesHeld: boolean;
  readonly absentAtStart: readonly { readonly name: string; readonly reason: string }[];
}

/** What `/health/ready` answers from (DESIGN §1): a write needs the log and one disk with room. */
export function healthFacts(sources: HealthSources): HealthFacts {
  const { catalogueWorks, disks, refusedReason, recentFailure, absentAtStart, expiriesHeld } = sources;
  const degraded: string[] = [];
  if (refusedReason !== undefined) degraded.push(`writes are refused: ${refusedReason}`);
  if (recentFailure !== undefined) degraded.push(`changes could not be made durable: ${recentFailure}`);
  for (const { name, reason } of absentAtStart) degraded.push(`disk ${name} is absent: ${reason}`);
  if (expiriesHeld) degraded.push('the clock jumped ahead: no object lock ends until an admin confirms the time');
  let writableDisks = 0;
  for (const { name, space } of disks) {
    if (absentAtStart.some((absent) => absent.name === name)) continue;
    if (space === undefined) degraded.push(`disk ${name} is absent`);
    else if (roomBytes({ ...space, reservedBytes: 0 }) <= 0) degraded.push(`disk ${name} is full`);
    else writableDisks += 1;
  }
  return { catalogueWorks, writableDisks: refusedReason === undefined ? writableDisks : 0, degraded };
}

/** Asks the catalogue something small; an error is logged and counts as "it does not work". */
export async function doesCatalogueWork({
  catalogue,
  log,
}: Pick<ServiceContext, 'catalogue' | 'log'>): Promise<boolean> {
  try {
    await catalogue.read((tx) => findRootUser(tx));
    return true;
  } catch (error) {
    log.error({ err: error }, 'the catalogue does not answer');
    return false;
  }
}
