import {
  findHeadById,
  type ListedVersion,
  listOlderVersions,
  listVersions as listRows,
} from '../../db/tables/object-version.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { BucketId, BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { commonPrefixOf, endOfPrefix, firstKeyOf, type ListingScope, successorOf } from '../../domain/listing.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { type ShownObject, toShownObject } from './list-objects.ts';
import { collectPage, type ListEntry, type PageStart, type RowSource } from './list-page.ts';
import { OwnerReader } from './shown-owner.ts';

export interface ListObjectVersionsRequest extends ListingScope {
  readonly bucket: BucketName;
  /** `''` for the first page. */
  readonly keyMarker: string;
  /** Undefined: the page begins behind all versions of the marker's key. */
  readonly versionIdMarker: VersionId | undefined;
  readonly limit: number;
}

/** A version or delete marker; of a marker only key, id, owner and time mean anything. */
export interface ShownVersion extends ShownObject {
  readonly kind: 'version' | 'marker';
  readonly versionId: VersionId;
  readonly isLatest: boolean;
}

export interface VersionListing {
  readonly versions: readonly ShownVersion[];
  readonly commonPrefixes: readonly string[];
  /** Where the next page begins; undefined on the last one. No version id behind a common prefix. */
  readonly next: { readonly keyMarker: string; readonly versionIdMarker: VersionId | undefined } | undefined;
}

/** A page of all versions and delete markers, by key, newest first, on one snapshot. Throws NoSuchBucket. */
export async function listObjectVersions(
  context: ServiceContext,
  request: ListObjectVersionsRequest,
): Promise<VersionListing> {
  const bucket = await requireBucket(context, request.bucket);
  return context.catalogue.read(async (tx) => {
    const source = versionSource(tx, bucket.id, request.prefix);
    const start = await startOf(tx, bucket.id, request);
    const { entries, isTruncated } = await collectPage(source, request, start, request.limit);
    const owners = new OwnerReader(tx, bucket);
    const versions: ShownVersion[] = [];
    const commonPrefixes: string[] = [];
    for (const entry of entries) {
      if (entry.kind === 'prefix') commonPrefixes.push(entry.prefix);
      else versions.push({ ...toShownObject(entry.row, await owners.read(entry.row.owner_id)), ...factsOf(entry.row) });
    }
    const last = isTruncated ? entries.at(-1) : undefined;
    return { versions, commonPrefixes, next: last === undefined ? undefined : markersOf(last) };
  });
}

function factsOf(row: ListedVersion): Pick<ShownVersion, 'kind' | 'versionId' | 'isLatest'> {
  return {
    kind: row.is_marker === 1 ? 'marker' : 'version',
    versionId: row.version_id,
    isLatest: row.is_current === 1,
  };
}

function markersOf(entry: ListEntry<ListedVersion>): NonNullable<VersionListing['next']> {
  return entry.kind === 'prefix'
    ? { keyMarker: entry.prefix, versionIdMarker: undefined }
    : { keyMarker: entry.row.key, versionIdMarker: entry.row.version_id };
}

type Place = Pick<ListedVersion, 'key' | 'seq'>;

function versionSource(tx: ReadTx, bucketId: BucketId, prefix: string): RowSource<ListedVersion, Place> {
  const end = endOfPrefix(prefix);
  const from = (key: string, limit: number) => listRows(tx, bucketId, { from: key, end }, limit);
  return {
    from,
    async behind({ key, seq }, limit) {
      const older = await listOlderVersions(tx, bucketId, key, seq, limit);
      if (older.length === limit) return older;
      return [...older, ...(await from(successorOf(key), limit - older.length))];
    },
  };
}

/**
 * Behind the marker's version. Where that is gone (clients delete what a page showed before they ask for the next), the
 * page begins with its key again: a version may be shown twice, but none is missed.
 */
async function startOf(tx: ReadTx, bucketId: BucketId, request: ListObjectVersionsRequest): Promise<PageStart<Place>> {
  const { keyMarker, versionIdMarker, prefix } = request;
  const isShownAlone = keyMarker.startsWith(prefix) && commonPrefixOf(keyMarker, request) === undefined;
  if (keyMarker === '' || versionIdMarker === undefined || !isShownAlone)
    return { key: firstKeyOf(request, keyMarker) };
  // A marker is compared, not stored: whatever text it is, it finds the key or nothing.
  const key = keyMarker as ObjectKey;
  const version = await findHeadById(tx, bucketId, key, versionIdMarker);
  return version === undefined ? { key } : { behind: version };
}
