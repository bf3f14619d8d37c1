import { commonPrefixOf, endOfPrefix, type ListingScope } from '../../domain/listing.ts';

/** One entry of a listing: a row, or the common prefix that stands for all rows that begin with it. */
export type ListEntry<Row> =
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'prefix'; readonly prefix: string };

/** Where rows come from, in listing order, all of them with the listing's prefix. `Place` is what tells where a row stands. */
export interface RowSource<Row extends Place, Place> {
  /** Rows whose key is at least `key`. */
  from(key: string, limit: number): Promise<Row[]>;
  /** Rows behind this one. */
  behind(place: Place, limit: number): Promise<Row[]>;
}

/** Where a page begins: at a key, or behind a row that was shown already. */
export type PageStart<Place> = { readonly key: string } | { readonly behind: Place };

export interface ListPage<Row> {
  readonly entries: readonly ListEntry<Row>[];
  readonly isTruncated: boolean;
}

/**
 * Collects a page of a listing. Keys under a common prefix are never read: one look finds the prefix, the next begins behind
 * all keys that have it. So a page costs what it shows, whatever the bucket holds: at most one query an entry, far fewer
 * where rows stand together, because each batch that was of use doubles the next.
 *
 * @param limit entries of the page; 0 is an empty page that ends the listing, as on AWS
 */
export async function collectPage<Row extends Place & { readonly key: string }, Place>(
  source: RowSource<Row, Place>,
  scope: ListingScope,
  start: PageStart<Place>,
  limit: number,
): Promise<ListPage<Row>> {
  const entries: ListEntry<Row>[] = [];
  if (limit === 0) return { entries, isTruncated: false };
  let batch = scope.delimiter === '' ? limit + 1 : FIRST_BATCH;
  let next = start;
  for (;;) {
    const wanted = Math.min(batch, limit + 1 - entries.length);
    const rows: Row[] = 'key' in next ? await source.from(next.key, wanted) : await source.behind(next.behind, wanted);
    const before = entries.length;
    const taken = takeRows(rows, scope, entries, limit);
    if (taken.isFull) return { entries, isTruncated: true };
    const last = rows.at(-1);
    if (last === undefined || (rows.length < wanted && taken.skipTo === undefined)) {
      return { entries, isTruncated: false };
    }
    next = taken.skipTo === undefined ? { behind: last } : { key: taken.skipTo };
    batch = (entries.length - before) * 2 > wanted ? batch * 2 : 1;
  }
}

const FIRST_BATCH = 8;

interface Taken {
  /** A further entry was met that the page has no room for. */
  readonly isFull: boolean;
  /** The last row belongs to a common prefix: go on behind all keys that have it. */
  readonly skipTo: string | undefined;
}

function takeRows<Row extends { readonly key: string }>(
  rows: readonly Row[],
  scope: ListingScope,
  entries: ListEntry<Row>[],
  limit: number,
): Taken {
  let group: string | undefined;
  for (const row of rows) {
    if (group !== undefined && row.key.startsWith(group)) continue;
    if (entries.length === limit) return { isFull: true, skipTo: undefined };
    group = commonPrefixOf(row.key, scope);
    entries.push(group === undefined ? { kind: 'row', row } : { kind: 'prefix', prefix: group });
  }
  return { isFull: false, skipTo: group === undefined ? undefined : endOfPrefix(group) };
}
