import type { HealthFacts } from '../console/endpoint.ts';
import { roomBytes } from '../domain/placement.ts';
import type { DiskFacts } from '../tiers/disk-set.ts';

export interface HealthSources {
  readonly disks: readonly DiskFacts[];
  /** Why writes are refused; undefined in ordinary service. */
  readonly refusedReason: string | undefined;
  /** Configured disks that were not there at the start. */
  readonly absentAtStart: readonly { readonly name: string; readonly reason: string }[];
}

/** What `/health/ready` answers from (DESIGN §1): a write needs the log and one disk with room. */
export function healthFacts({ disks, refusedReason, absentAtStart }: HealthSources): HealthFacts {
  const degraded: string[] = [];
  if (refusedReason !== undefined) degraded.push(`writes are refused: ${refusedReason}`);
  for (const { name, reason } of absentAtStart) degraded.push(`disk ${name} is absent: ${reason}`);
  let writableDisks = 0;
  for (const { name, space } of disks) {
    if (absentAtStart.some((absent) => absent.name === name)) continue;
    if (space === undefined) degraded.push(`disk ${name} is absent`);
    else if (roomBytes({ ...space, reservedBytes: 0 }) <= 0) degraded.push(`disk ${name} is full`);
    else writableDisks += 1;
  }
  return { catalogueWorks: true, writableDisks: refusedReason === undefined ? writableDisks : 0, degraded };
}
