import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffLines, withoutUnchanged } from '../../../src-renderer/features/compare/line-diff.ts';
import { fromLocalInput, momentAt, toLocalInput } from '../../../src-renderer/features/past/local-time.ts';
import { seededRandom } from '../../support/seeded.ts';

const signs = { same: ' ', removed: '-', added: '+' };
const shown = (before: string, after: string) =>
  diffLines(before.split(''), after.split(''))
    .lines.map(({ kind, text }) => signs[kind] + text)
    .join('');

test('lines that went and came stand where they were', () => {
  assert.equal(shown('abc', 'abc'), ' a b c');
  assert.equal(shown('abc', 'axc'), ' a-b+x c');
  assert.equal(shown('abcd', 'bd'), '-a b-c d');
  assert.equal(shown('', ''), '');
  assert.equal(shown('a', 'aa'), ' a+a');
});

test('both sides can be read back, and no common line is given up', () => {
  const random = seededRandom(3);
  const text = () => Array.from({ length: Math.floor(random() * 30) }, () => 'abcd'[Math.floor(random() * 4)] ?? 'a');
  for (let round = 0; round < 300; round++) {
    const [before, after] = [text(), text()];
    const { lines } = diffLines(before, after);
    const side = (without: string) => lines.filter(({ kind }) => kind !== without);
    assert.deepEqual(
      side('added').map((line) => line.text),
      before,
    );
    assert.deepEqual(
      side('removed').map((line) => line.text),
      after,
    );
    assert.deepEqual(
      side('added').map((line) => line.before),
      before.map((_, index) => index + 1),
    );
    const same = lines.filter(({ kind }) => kind === 'same').length;
    assert.equal(same, commonLength(before, after));
  }
});

/** The plainest way to count, for short texts. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    const next = [0];
    for (const [i, other] of b.entries()) {
      next.push(one === other ? (row[i] ?? 0) + 1 : Math.max(next[i] ?? 0, row[i + 1] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

test('what differs too much is shown as replaced, at once', () => {
  const many = (name: string) => Array.from({ length: 3000 }, (_, index) => `${name}${index}`);
  const { lines, isMatched } = diffLines(['head', ...many('a'), 'tail'], ['head', ...many('b'), 'tail']);
  assert.equal(isMatched, false);
  assert.deepEqual(
    [lines.length, lines[0]?.kind, lines[1]?.kind, lines.at(-1)?.kind],
    [6002, 'same', 'removed', 'same'],
  );
});

test('unchanged lines far from a change are left out and counted', () => {
  const before = Array.from({ length: 20 }, (_, index) => String(index));
  const after = before.with(10, 'x');
  const kinds = withoutUnchanged(diffLines(before, after).lines, 2).map((line) =>
    line.kind === 'gap' ? line.count : line.kind,
  );
  assert.deepEqual(kinds, [8, 'same', 'same', 'removed', 'added', 'same', 'same', 7]);
  assert.deepEqual(withoutUnchanged(diffLines(before, before).lines, 2), []);
});

test('a date-time input and back is the end of the same second', () => {
  const atMs = new Date(2026, 1, 3, 4, 5, 6, 7).getTime();
  assert.equal(toLocalInput(atMs), '2026-02-03T04:05:06');
  assert.equal(fromLocalInput(toLocalInput(atMs)), atMs - 7 + 999);
  assert.equal(fromLocalInput(''), undefined);
  const moments = [{ atMs: 10 }, { atMs: 20 }];
  assert.deepEqual(
    [9, 10, 19, 20, 99].map((at) => momentAt(moments, at)),
    [-1, 0, 0, 1, 1],
  );
});
