import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commonPrefixOf, compareKeys, firstKeyOf, successorOf } from '../../../../src-server/domain/listing.ts';
import { collectPage, type RowSource } from '../../../../src-server/services/objects/list-page.ts';

interface Row {
  readonly key: string;
}

/** Rows in memory that count how they are read. */
function sourceOf(
  keys: readonly string[],
  prefix: string,
): RowSource<Row, Row> & { queries: number; rowsRead: number } {
  const sorted = keys.filter((key) => key.startsWith(prefix)).sort(compareKeys);
  const source = {
    queries: 0,
    rowsRead: 0,
    async from(key: string, limit: number): Promise<Row[]> {
      const rows = sorted.filter((one) => compareKeys(one, key) >= 0).slice(0, limit);
      source.queries++;
      source.rowsRead += rows.length;
      return rows.map((one) => ({ key: one }));
    },
    behind: (row: Row, limit: number) => source.from(successorOf(row.key), limit),
  };
  return source;
}

/** S3's listing by the letter: every key looked at, grouped, cut. */
function reference(keys: readonly string[], prefix: string, delimiter: string, after: string): string[] {
  const entries: string[] = [];
  for (const key of [...keys].sort(compareKeys)) {
    if (!key.startsWith(prefix)) continue;
    const group = commonPrefixOf(key, { prefix, delimiter });
    if (
      group === undefined ? compareKeys(key, after) <= 0 : compareKeys(group, after) <= 0 || after.startsWith(group)
    ) {
      continue;
    }
    const shown = group === undefined ? `key ${key}` : `group ${group}`;
    if (entries.at(-1) !== shown) entries.push(shown);
  }
  return entries;
}

const letter = fc.constantFrom('a', 'b', '/', '-', 'é', '\u{10ffff}');
const name = fc.array(letter, { minLength: 1, maxLength: 6 }).map((letters) => letters.join(''));

test('pages together show what the whole bucket holds, each entry once', async () => {
  const property = fc.asyncProperty(
    fc.uniqueArray(name, { maxLength: 60 }),
    fc.oneof(fc.constant(''), name),
    fc.constantFrom('', '/', '-', '/-', 'a'),
    fc.integer({ min: 1, max: 9 }),
    fc.oneof(fc.constant(''), name),
    async (keys, prefix, delimiter, limit, startAfter) => {
      const scope = { prefix, delimiter };
      const shown: string[] = [];
      let after = startAfter;
      for (let pages = 0; ; pages++) {
        assert.ok(pages <= keys.length);
        const source = sourceOf(keys, prefix);
        const page = await collectPage(source, scope, { key: firstKeyOf(scope, after) }, limit);
        assert.ok(source.queries <= limit + 1, `${source.queries} queries for ${limit} entries`);
        shown.push(...page.entries.map((one) => (one.kind === 'row' ? `key ${one.row.key}` : `group ${one.prefix}`)));
        if (!page.isTruncated) break;
        assert.equal(page.entries.length, limit);
        const last = page.entries.at(-1);
        after = last === undefined ? '' : last.kind === 'row' ? last.row.key : last.prefix;
      }
      assert.deepEqual(shown, reference(keys, prefix, delimiter, startAfter));
    },
  );
  await fc.assert(property, { numRuns: 1500, seed: 11 });
});

test('a page reads about what it shows, however many keys stand behind a prefix', async () => {
  const many = Array.from({ length: 20 }, (_, folder) =>
    Array.from({ length: 2000 }, (_, i) => `f${String(folder).padStart(2, '0')}/${String(i).padStart(5, '0')}`),
  ).flat();
  const grouped = sourceOf(many, '');
  const page = await collectPage(grouped, { prefix: '', delimiter: '/' }, { key: '' }, 1000);
  assert.equal(page.entries.length, 20);
  assert.ok(grouped.queries <= 21 && grouped.rowsRead <= 60, `${grouped.queries} queries, ${grouped.rowsRead} rows`);
  const flat = sourceOf(many, 'f07/');
  await collectPage(flat, { prefix: 'f07/', delimiter: '/' }, { key: 'f07/' }, 1000);
  assert.ok(flat.queries <= 10 && flat.rowsRead <= 1100, `${flat.queries} queries, ${flat.rowsRead} rows`);
});

test('a page of none ends the listing', async () => {
  const page = await collectPage(sourceOf(['a'], ''), { prefix: '', delimiter: '' }, { key: '' }, 0);
  assert.deepEqual(page, { entries: [], isTruncated: false });
});
