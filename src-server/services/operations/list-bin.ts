import {
  BIN_START,
  type BinnedObject,
  type BinPlace,
  findBinUsage,
  listBinned,
} from '../../db/tables/binned-object.ts';
import { findUserById } from '../../db/tables/iam-user.ts';
import type { BucketName } from '../../domain/ids.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';

export interface BinPage {
  readonly objects: readonly (BinnedObject & { readonly binnedByName: string | undefined })[];
  /** Undefined on the last page. */
  readonly next: BinPlace | undefined;
  readonly total: { readonly objects: number; readonly bytes: number };
}

/** A page of a bucket's bin, what was put there last first. Throws NoSuchBucket. */
export async function listBin(
  context: ServiceContext,
  name: BucketName,
  page: { readonly after: BinPlace | undefined; readonly limit: number },
): Promise<BinPage> {
  const bucket = await requireBucket(context, name);
  return context.catalogue.read(async (tx) => {
    const rows = await listBinned(tx, bucket.id, page.after ?? BIN_START, page.limit + 1);
    const shown = rows.slice(0, page.limit);
    const names = new Map<number, string | undefined>();
    for (const { binned_by } of shown) {
      if (!names.has(binned_by)) names.set(binned_by, (await findUserById(tx, binned_by))?.name);
    }
    const last = rows.length > page.limit ? shown.at(-1) : undefined;
    return {
      objects: shown.map((row) => ({ ...row, binnedByName: names.get(row.binned_by) })),
      next: last && { batchId: last.batch_id, key: last.key },
      total: await findBinUsage(tx, bucket.id),
    };
  });
}
