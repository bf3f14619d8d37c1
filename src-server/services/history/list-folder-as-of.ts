import type { HistoryRow } from '../../db/tables/key-history.ts';
import type { BucketId, BucketName } from '../../domain/ids.ts';
import { commonPrefixOf, endOfPrefix, successorOf } from '../../domain/listing.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { type HistoryPage, readHistories } from './read-histories.ts';

const DELIMITER = '/';
const FIRST_ROWS = 64;
const MOST_ROWS = 2000;
/** Of one page: what was deleted since or came later costs a look, however much of it there is. */
const PAGE_ROWS = 20_000;

export interface FolderAsOf {
  readonly bucket: BucketName;
  readonly prefix: string;
  readonly atMs: number;
  /** The `next` of the page before; the folder's beginning where undefined. */
  readonly from: string | undefined;
  readonly limit: number;
}

export type PastEntry =
  | { readonly kind: 'folder'; readonly prefix: string }
  | { readonly kind: 'file'; readonly row: HistoryRow };

export interface PastPage {
  /** In key order; may be fewer than asked for, or none, with more to come. */
  readonly entries: readonly PastEntry[];
  readonly next: string | undefined;
}

/** A page of a folder as it was at a time. Throws NoSuchBucket. */
export async function listFolderAsOf(context: ServiceContext, request: FolderAsOf): Promise<PastPage> {
  const { id } = await requireBucket(context, request.bucket);
  const entries: PastEntry[] = [];
  const end = endOfPrefix(request.prefix);
  let from: string | undefined = request.from ?? request.prefix;
  let wanted = FIRST_ROWS;
  for (let rows = 0; rows < PAGE_ROWS && from !== undefined && entries.length < request.limit; ) {
    const page = await readPage(context, id, { from, end }, request.atMs, wanted);
    rows += page.rows;
    const skipTo = takeKeys(page, request, entries);
    from = skipTo ?? page.next;
    wanted = skipTo === undefined ? Math.min(MOST_ROWS, wanted * 2) : FIRST_ROWS;
  }
  return { entries, next: from };
}

function readPage(
  context: ServiceContext,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
  atMs: number,
  maxRows: number,
): Promise<HistoryPage> {
  return context.catalogue.read((tx) => readHistories(tx, bucketId, range, atMs, maxRows));
}

/** Adds what was there; answers where to go on, where that is not behind the page. */
function takeKeys(page: HistoryPage, { prefix, limit }: FolderAsOf, entries: PastEntry[]): string | undefined {
  let group: string | undefined;
  for (const { key, past } of page.keys) {
    if (past === undefined || (group !== undefined && key.startsWith(group))) continue;
    group = commonPrefixOf(key, { prefix, delimiter: DELIMITER });
    if (group !== undefined) entries.push({ kind: 'folder', prefix: group });
    // The key that a folder itself has is no entry of it.
    else if ((key as string) !== prefix) entries.push({ kind: 'file', row: past });
    else continue;
    if (entries.length < limit) continue;
    return group === undefined ? successorOf(key) : endOfPrefix(group);
  }
  // Only where the page was cut within the folder is there something to skip.
  const last = page.keys.at(-1);
  return group !== undefined && page.next !== undefined && last?.key.startsWith(group) === true
    ? endOfPrefix(group)
    : undefined;
}
