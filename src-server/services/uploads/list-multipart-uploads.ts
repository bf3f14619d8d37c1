import { type ListedUpload, listOpenUploads, type UploadPage } from '../../db/tables/upload.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { ChecksumPlan } from '../../domain/checksum.ts';
import type { BucketId, BucketName, EpochMs, ObjectKey, UploadId } from '../../domain/ids.ts';
import { commonPrefixOf, endOfPrefix, firstKeyOf, type ListingScope } from '../../domain/listing.ts';
import { planOf } from '../../domain/upload-record.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { PeopleReader, type UploadPeople } from './shown-user.ts';

export interface ListUploadsRequest extends ListingScope {
  readonly bucket: BucketName;
  /** `''` for the first page. */
  readonly keyMarker: string;
  /** Meaningful with a key marker only. */
  readonly uploadIdMarker: string;
  readonly limit: number;
}

export interface ShownUpload extends UploadPeople {
  readonly key: ObjectKey;
  readonly uploadId: UploadId;
  readonly storageClass: string;
  readonly initiatedMs: EpochMs;
  readonly checksumPlan: ChecksumPlan | undefined;
}

export interface UploadListing {
  readonly uploads: readonly ShownUpload[];
  readonly commonPrefixes: readonly string[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: { readonly keyMarker: string; readonly uploadIdMarker: string } | undefined;
}

type Entry =
  | { readonly kind: 'upload'; readonly row: ListedUpload }
  | { readonly kind: 'prefix'; readonly prefix: string };

/** With a delimiter most rows are skipped over, so few are read at a time. */
const GROUPED_ROWS = 64;

/** A page of open uploads by key, then by time, on one snapshot. Throws NoSuchBucket. */
export async function listMultipartUploads(
  context: ServiceContext,
  request: ListUploadsRequest,
): Promise<UploadListing> {
  const bucket = await requireBucket(context, request.bucket);
  return context.catalogue.read(async (tx) => {
    const entries = await readEntries(tx, bucket.id, request);
    const shown = entries.slice(0, request.limit);
    const people = new PeopleReader(tx, bucket);
    const uploads: ShownUpload[] = [];
    const commonPrefixes: string[] = [];
    for (const entry of shown) {
      if (entry.kind === 'prefix') commonPrefixes.push(entry.prefix);
      else uploads.push(toShown(entry.row, await people.read(entry.row)));
    }
    const last = entries.length > request.limit ? shown.at(-1) : undefined;
    return { uploads, commonPrefixes, next: last === undefined ? undefined : markersOf(last) };
  });
}

/** One entry more than the page has, where there are so many. */
async function readEntries(tx: ReadTx, bucketId: BucketId, request: ListUploadsRequest): Promise<Entry[]> {
  const wanted = request.limit + 1;
  const to = endOfPrefix(request.prefix);
  const entries: Entry[] = [];
  let after: UploadPage['after'] | undefined = startOf(request);
  while (after !== undefined && entries.length < wanted) {
    const left = wanted - entries.length;
    const limit = request.delimiter === '' ? left : Math.min(left, GROUPED_ROWS);
    const rows = await listOpenUploads(tx, bucketId, { after, to, limit });
    after = takeRows(rows, request, entries, wanted) ?? (rows.length < limit ? undefined : placeOf(rows.at(-1)));
  }
  return entries;
}

/** Adds entries of `rows`. Stops behind a common prefix, and answers where to go on: behind all keys it stands for. */
function takeRows(
  rows: readonly ListedUpload[],
  scope: ListingScope,
  entries: Entry[],
  wanted: number,
): UploadPage['after'] | undefined {
  for (const row of rows) {
    if (entries.length === wanted) return placeOf(row);
    const prefix = commonPrefixOf(row.key, scope);
    if (prefix === undefined) {
      entries.push({ kind: 'upload', row });
      continue;
    }
    entries.push({ kind: 'prefix', prefix });
    return { key: endOfPrefix(prefix), id: '' };
  }
  return undefined;
}

function placeOf(row: ListedUpload | undefined): UploadPage['after'] | undefined {
  return row === undefined ? undefined : { key: row.key, id: row.id };
}

function startOf(request: ListUploadsRequest): UploadPage['after'] {
  const { keyMarker, uploadIdMarker } = request;
  const standsAlone = keyMarker.startsWith(request.prefix) && commonPrefixOf(keyMarker, request) === undefined;
  // Only then can uploads of the marker's own key follow, those with greater ids.
  if (keyMarker !== '' && uploadIdMarker !== '' && standsAlone) return { key: keyMarker, id: uploadIdMarker };
  return { key: firstKeyOf(request, keyMarker), id: '' };
}

function markersOf(entry: Entry): NonNullable<UploadListing['next']> {
  return entry.kind === 'prefix'
    ? { keyMarker: entry.prefix, uploadIdMarker: '' }
    : { keyMarker: entry.row.key, uploadIdMarker: entry.row.id };
}

function toShown(row: ListedUpload, people: UploadPeople): ShownUpload {
  return {
    ...people,
    key: row.key,
    uploadId: row.id,
    storageClass: row.storage_class,
    initiatedMs: row.initiated_ms,
    checksumPlan: planOf(row),
  };
}
