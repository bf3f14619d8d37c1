import type { OwningVersion } from '../../db/tables/extent-owners.ts';
import type { Drift } from '../../db/tables/recount.ts';
import type { BucketId, ContainerId, ExtentId, SequenceId } from '../../domain/ids.ts';

/** Bytes that a row names and that are not there as they were written. */
export type BytesProblem =
  | { readonly kind: 'missing-file'; readonly container: string; readonly disk: string }
  | {
      readonly kind: 'damaged-extent';
      readonly container: string;
      readonly disk: string;
      readonly offset: number;
      readonly reason: string;
      /** Some of the versions it is a part of; none where only garbage is. */
      readonly versions: readonly OwningVersion[];
    };

/** A file that no row names. */
export interface UnknownFile {
  readonly disk: string;
  readonly root: string;
  /** Below the disk's root. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface CounterDrift {
  readonly containers: readonly Drift<ContainerId>[];
  readonly extents: readonly Drift<ExtentId>[];
  readonly buckets: readonly Drift<BucketId>[];
  readonly tenants: readonly Drift<SequenceId>[];
  /** Extents that are garbage and not listed, or listed and no garbage. */
  readonly garbage: readonly ExtentId[];
}

export interface CheckReport {
  readonly containers: number;
  readonly extents: number;
  readonly bytes: number;
  readonly problems: readonly BytesProblem[];
  /** Containers that could not be looked at, their disk being absent. */
  readonly onAbsentDisks: number;
  readonly unknownFiles: readonly UnknownFile[];
  readonly drift: CounterDrift;
}

/** Nothing wrong? Absent disks and young unknown files are no fault. */
export function isSound(report: CheckReport): boolean {
  return report.problems.length === 0 && Object.values(report.drift).every((wrong) => wrong.length === 0);
}
