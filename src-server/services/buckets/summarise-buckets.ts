import { type BucketUsageRow, findUsage } from '../../db/tables/bucket-usage.ts';
import { isFailure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { listBuckets } from './list-buckets.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** A bucket with what is in it, as one user sees it. */
export interface BucketSummary {
  readonly bucket: Bucket;
  readonly usage: BucketUsageRow;
  /** May this user put and delete objects there? */
  readonly mayWrite: boolean;
}

const PAGE = 1000;

/** The buckets that the caller's role lists, by name, with their exact counters. Throws AccessDenied for anonymous callers. */
export async function summariseBuckets(context: ServiceContext, identity: Identity): Promise<BucketSummary[]> {
  const summaries: BucketSummary[] = [];
  let after = '';
  for (;;) {
    const page = await listBuckets(context, identity, { after, prefix: '', limit: PAGE });
    for (const { name } of page.buckets) {
      const summary = await orGone(summariseBucket(context, identity, name));
      if (summary !== undefined) summaries.push(summary);
      after = name;
    }
    if (!page.isTruncated) return summaries;
  }
}

/** One bucket, which the caller is known to be allowed to see. Throws NoSuchBucket. */
export async function summariseBucket(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
): Promise<BucketSummary> {
  const bucket = await requireBucket(context, name);
  const usage = await context.catalogue.read((tx) => findUsage(tx, bucket.id));
  const none = { bytes: 0, versions: 0, objects: 0, uploads: 0 };
  return { bucket, usage: usage ?? none, mayWrite: await mayWrite(context, identity, name) };
}

async function mayWrite(context: ServiceContext, identity: Identity, bucket: BucketName): Promise<boolean> {
  try {
    for (const iamAction of ['s3:PutObject', 's3:DeleteObject']) {
      await authorize(context, { identity, iamAction, bucket });
    }
    return true;
  } catch (error) {
    if (isFailure(error, 'AccessDenied')) return false;
    throw error;
  }
}

/** A bucket that was removed since it was listed is left out. */
async function orGone<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (isFailure(error, 'NoSuchBucket')) return undefined;
    throw error;
  }
}
