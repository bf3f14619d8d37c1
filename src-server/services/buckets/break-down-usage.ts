import { findBinUsage } from '../../db/tables/binned-object.ts';
import { findRunEnd, sumOpenUploads, sumVersions, type VersionSums } from '../../db/tables/bucket-breakdown.ts';
import { findUsage } from '../../db/tables/bucket-usage.ts';
import type { BucketId, BucketName, EpochMs } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { requireBucket } from './require-bucket.ts';

/** What a bucket's bytes are. */
export interface BucketBreakdown extends VersionSums {
  readonly openUploads: number;
  readonly uploadBytes: number;
  readonly binnedObjects: number;
  readonly binnedBytes: number;
  readonly asOfMs: EpochMs;
}

/** Versions that are added up at once: a few milliseconds, between which others have their turn. */
const RUN_ROWS = 5000;

/**
 * Adds up what a bucket holds, kind by kind. Where no version was ever replaced or deleted the bucket's counters say it;
 * otherwise every version is looked at, in runs. Throws NoSuchBucket.
 */
export async function breakDownUsage(context: ServiceContext, name: BucketName): Promise<BucketBreakdown> {
  const { id } = await requireBucket(context, name);
  const { usage, uploads, bin } = await context.catalogue.read(async (tx) => ({
    usage: await findUsage(tx, id),
    uploads: await sumOpenUploads(tx, id),
    bin: await findBinUsage(tx, id),
  }));
  const counted = usage ?? { bytes: 0, versions: 0, objects: 0, uploads: 0 };
  const isPlain = counted.versions === counted.objects;
  const sums = isPlain
    ? { ...NOTHING, currentObjects: counted.objects, currentBytes: counted.bytes - uploads.bytes - bin.bytes }
    : await sumAll(context, id);
  const elsewhere = { openUploads: uploads.uploads, uploadBytes: uploads.bytes };
  return { ...sums, ...elsewhere, binnedObjects: bin.objects, binnedBytes: bin.bytes, asOfMs: context.now() };
}

const NOTHING: VersionSums = {
  currentObjects: 0,
  currentBytes: 0,
  olderVersions: 0,
  olderBytes: 0,
  deleteMarkers: 0,
};

async function sumAll({ catalogue }: ServiceContext, id: BucketId): Promise<VersionSums> {
  let total = NOTHING;
  let after = '';
  for (;;) {
    const from = after;
    const { end, sums } = await catalogue.read(async (tx) => {
      const last = await findRunEnd(tx, id, from, RUN_ROWS);
      return { end: last, sums: await sumVersions(tx, id, from, last) };
    });
    if (sums !== undefined) total = plus(total, sums);
    if (end === undefined) return total;
    after = end;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function plus(a: VersionSums, b: VersionSums): VersionSums {
  return {
    currentObjects: a.currentObjects + b.currentObjects,
    currentBytes: a.currentBytes + b.currentBytes,
    olderVersions: a.olderVersions + b.olderVersions,
    olderBytes: a.olderBytes + b.olderBytes,
    deleteMarkers: a.deleteMarkers + b.deleteMarkers,
  };
}
