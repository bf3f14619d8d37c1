import assert from 'node:assert/strict';
import { it } from 'node:test';
import { best, rank } from '../../../src-renderer/features/palette/rank.ts';

it('every word has to stand somewhere; the start of a word counts more than its middle', () => {
  assert.equal(rank('', 'anything'), 0);
  assert.equal(rank('set', 'Settings'), 0);
  assert.equal(rank('inv 0231', '2026/INV-0231.pdf'), 2);
  assert.equal(rank('ting', 'Settings'), 2);
  assert.equal(rank('set xyz', 'Settings'), undefined);
});

it('the best come first, equal ones as they came', () => {
  const pages = ['Assets', 'Settings', 'Reset', 'Set of plates'];
  assert.deepEqual(
    best('set', pages, (page) => page, 3),
    ['Settings', 'Set of plates', 'Assets'],
  );
  assert.deepEqual(
    best('', pages, (page) => page, 2),
    ['Assets', 'Settings'],
  );
});
