import { findNextKey, findSourceAt, listCurrentSources, type ZipSource } from '../../db/tables/zip-source.ts';
import type { ReadTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketId } from '../../domain/ids.ts';
import { compareKeys, endOfPrefix, successorOf } from '../../domain/listing.ts';
import type { ServiceContext } from '../context.ts';

/** What of a bucket is chosen: objects by key, and all that begins with a prefix (a folder's ends with `/`). */
export interface ZipSelection {
  /** What the keys have in common and their names in the archive leave out: the folder that was looked at, `''` for none. */
  readonly base: string;
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
  /** As the bucket was then; undefined: as it is. */
  readonly atMs: number | undefined;
}

const PAGE = 500;

/** Half open, in key order. */
interface KeyRange {
  readonly from: string;
  readonly end: string;
}

/**
 * The chosen versions in key order, none twice, a page on one snapshot. Of a moment: the version that was each key's
 * newest then, as far as it is kept.
 *
 * @throws Failure InvalidRequest where a key or prefix is not within the base, RequestTimeout once the signal aborts
 */
export async function* listSelection(
  context: ServiceContext,
  bucketId: BucketId,
  selection: ZipSelection,
  signal: AbortSignal,
): AsyncGenerator<ZipSource> {
  for (const range of rangesOf(selection)) {
    for (let from = range.from; ; ) {
      if (signal.aborted) throw new Failure('RequestTimeout');
      const page = await context.catalogue.read((tx) => readPage(tx, bucketId, { ...range, from }, selection.atMs));
      yield* page.found;
      if (page.next === undefined) break;
      from = page.next;
    }
  }
}

interface Page {
  readonly found: readonly ZipSource[];
  /** The key from which to go on. */
  readonly next: string | undefined;
}

async function readPage(tx: ReadTx, bucketId: BucketId, range: KeyRange, atMs: number | undefined): Promise<Page> {
  if (atMs !== undefined) return readPageAt(tx, bucketId, range, atMs);
  const found = await listCurrentSources(tx, bucketId, range, PAGE);
  const last = found.at(-1);
  return { found, next: last === undefined || found.length < PAGE ? undefined : successorOf(last.key) };
}

async function readPageAt(tx: ReadTx, bucketId: BucketId, range: KeyRange, atMs: number): Promise<Page> {
  const found: ZipSource[] = [];
  let { from } = range;
  for (let looked = 0; looked < PAGE; looked += 1) {
    const key = await findNextKey(tx, bucketId, { from, end: range.end });
    if (key === undefined) return { found, next: undefined };
    const source = await findSourceAt(tx, bucketId, key, atMs);
    if (source !== undefined && source.is_marker === 0) found.push(source);
    from = successorOf(key);
  }
  return { found, next: from };
}

/** In key order and without overlap: what lies in a chosen prefix is not chosen again. */
function rangesOf({ base, keys, prefixes }: ZipSelection): readonly KeyRange[] {
  const ranges: KeyRange[] = [];
  for (const text of [...keys, ...prefixes]) {
    if (!text.startsWith(base)) throw new Failure('InvalidRequest', 'a key of the selection is not within its base');
  }
  for (const key of keys) ranges.push({ from: key, end: successorOf(key) });
  for (const prefix of prefixes) ranges.push({ from: prefix, end: endOfPrefix(prefix) });
  // Of two that begin together, the wider first.
  ranges.sort((a, b) => compareKeys(a.from, b.from) || compareKeys(b.end, a.end));
  const kept: KeyRange[] = [];
  for (const range of ranges) {
    const before = kept.at(-1);
    if (before === undefined || compareKeys(range.from, before.end) >= 0) kept.push(range);
  }
  return kept;
}
