import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FolderIndex, ROW_KIND, type RowKind } from '../../../../src-server/services/views/folder-index.ts';
import { orderRows, type SortColumn } from '../../../../src-server/services/views/order-rows.ts';
import { seededRandom } from '../../../support/seeded.ts';

type Row = readonly [name: string, kind: RowKind, sizeBytes: number, modifiedMs: number];

function indexOf(rows: readonly Row[]): FolderIndex {
  const index = new FolderIndex();
  for (const [name, kind, sizeBytes, modifiedMs] of rows) index.add({ name, kind, sizeBytes, modifiedMs, scope: 0 });
  return index;
}

const ROWS: readonly Row[] = [
  ['a.pdf', ROW_KIND.file, 300, 1_700_000_000_003],
  ['b/', ROW_KIND.folder, 0, 0],
  ['c.TXT', ROW_KIND.file, 5, 1_700_000_000_001],
  ['d', ROW_KIND.deleted, 0, 1_700_000_000_002],
  ['e.pdf', ROW_KIND.file, 2 ** 45, 1_600_000_000_000],
  ['f/', ROW_KIND.folder, 0, 0],
  ['g.pdf', ROW_KIND.file, 300, 1_700_000_000_003],
];

describe('the order of a view', () => {
  const cases: readonly (readonly [SortColumn, boolean, string])[] = [
    ['name', false, 'a.pdf b/ c.TXT d e.pdf f/ g.pdf'],
    ['name', true, 'g.pdf f/ e.pdf d c.TXT b/ a.pdf'],
    ['size', false, 'b/ f/ d c.TXT a.pdf g.pdf e.pdf'],
    ['size', true, 'b/ f/ e.pdf a.pdf g.pdf c.TXT d'],
    ['changed', false, 'b/ f/ e.pdf c.TXT d a.pdf g.pdf'],
    ['changed', true, 'b/ f/ a.pdf g.pdf d c.TXT e.pdf'],
    ['type', false, 'b/ f/ d a.pdf e.pdf g.pdf c.TXT'],
  ];
  const index = indexOf(ROWS);
  for (const [by, descending, expected] of cases) {
    it(`by ${by}, ${descending ? 'falling' : 'rising'}`, () => {
      const order = orderRows(index, { by, descending });
      const numbers = order === undefined ? ROWS.map((_, i) => i) : [...order];
      assert.equal(numbers.map((row) => index.names.at(row)).join(' '), expected);
    });
  }

  it('orders nothing at all', () => {
    assert.deepEqual([...(orderRows(new FolderIndex(), { by: 'size', descending: true }) ?? [])], []);
  });

  it('sorts as a comparison does, whatever the sizes', () => {
    const random = seededRandom(7);
    const rows = Array.from({ length: 5000 }, (_, i): Row => {
      const sizeBytes = Math.floor(random() * 2 ** (1 + Math.floor(random() * 52)));
      return [`${i}`, ROW_KIND.file, sizeBytes, 0];
    });
    const sizes = rows.map(([, , size]) => size);
    const order = orderRows(indexOf(rows), { by: 'size', descending: false }) ?? new Uint32Array();
    const expected = sizes.map((size, i) => [size, i] as const).sort(([a, i], [b, j]) => a - b || i - j);
    assert.deepEqual(
      [...order],
      expected.map(([, i]) => i),
    );
  });

  it('keeps every name it was given', () => {
    const names = Array.from({ length: 3000 }, (_, i) => `${'ü日𝄞'.repeat(i % 90)}${i}`);
    const stored = indexOf(names.map((name) => [name, ROW_KIND.file, 0, 0]));
    assert.deepEqual(
      names.map((_, i) => stored.names.at(i)),
      names,
    );
    assert.throws(() => stored.names.at(names.length), RangeError);
  });
});
