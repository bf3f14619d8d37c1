import { type ListedObject, listObjects as listRows } from '../../db/tables/object-version.ts';
import type { ReadTx } from '../../db/tx.ts';
import { readChecksum, type StoredChecksum } from '../../domain/checksum.ts';
import type { BucketId, BucketName, EpochMs, ETag, ObjectKey } from '../../domain/ids.ts';
import { endOfPrefix, firstKeyOf, type ListingScope, successorOf } from '../../domain/listing.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { collectPage, type ListEntry, type RowSource } from './list-page.ts';
import { OwnerReader, type ShownOwner } from './shown-owner.ts';

export interface ListObjectsRequest extends ListingScope {
  readonly bucket: BucketName;
  /** Marker, start-after or what a continuation token says; `''` for the first page. */
  readonly after: string;
  readonly limit: number;
}

/** What every listing shows of an object. */
export interface ShownObject {
  readonly key: ObjectKey;
  readonly sizeBytes: number;
  readonly etag: ETag;
  readonly modifiedMs: EpochMs;
  readonly storageClass: string;
  readonly checksum: StoredChecksum | undefined;
  readonly owner: ShownOwner;
}

export interface ObjectListing {
  readonly objects: readonly ShownObject[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix of the page where more follow: the `after` of the next page. */
  readonly next: string | undefined;
}

/** A page of the current objects by key, on one snapshot. Throws NoSuchBucket. */
export async function listObjects(context: ServiceContext, request: ListObjectsRequest): Promise<ObjectListing> {
  const bucket = await requireBucket(context, request.bucket);
  return context.catalogue.read(async (tx) => {
    const start = { key: firstKeyOf(request, request.after) };
    const source = objectSource(tx, bucket.id, request.prefix);
    const { entries, isTruncated } = await collectPage(source, request, start, request.limit);
    const owners = new OwnerReader(tx, bucket);
    const objects: ShownObject[] = [];
    const commonPrefixes: string[] = [];
    for (const entry of entries) {
      if (entry.kind === 'prefix') commonPrefixes.push(entry.prefix);
      else objects.push(toShownObject(entry.row, await owners.read(entry.row.owner_id)));
    }
    const last = isTruncated ? entries.at(-1) : undefined;
    return { objects, commonPrefixes, next: last === undefined ? undefined : nameOf(last) };
  });
}

function objectSource(
  tx: ReadTx,
  bucketId: BucketId,
  prefix: string,
): RowSource<ListedObject, { readonly key: string }> {
  const end = endOfPrefix(prefix);
  const from = (key: string, limit: number) => listRows(tx, bucketId, { from: key, end }, limit);
  return { from, behind: (place, limit) => from(successorOf(place.key), limit) };
}

/** The columns that objects and versions share, as they are shown. */
export function toShownObject(row: ListedObject, owner: ShownOwner): ShownObject {
  return {
    key: row.key,
    sizeBytes: row.size,
    etag: row.etag,
    modifiedMs: row.modified_ms,
    storageClass: row.storage_class,
    checksum: row.checksum === null ? undefined : readChecksum(row.checksum),
    owner,
  };
}

function nameOf(entry: ListEntry<ListedObject>): string {
  return entry.kind === 'prefix' ? entry.prefix : entry.row.key;
}
