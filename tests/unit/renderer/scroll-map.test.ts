import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  AT_START,
  contentPx,
  type ListSize,
  MAX_CONTENT_PX,
  placeAt,
  placeShowing,
  rowsInSight,
  scrolled,
  topOf,
} from '../../../src-renderer/features/files/rows/scroll-map.ts';

const SHORT: ListSize = { rows: 1000, rowPx: 36, viewportPx: 720 };
const LONG: ListSize = { rows: 1_000_000, rowPx: 36, viewportPx: 720 };

describe('scrolling', () => {
  it('is the browser’s own up to the cap', () => {
    assert.equal(contentPx(SHORT), 36_000);
    const place = scrolled(AT_START, 7200, SHORT);
    assert.deepEqual(place, { scrollPx: 7200, listPx: 7200 });
    assert.deepEqual(rowsInSight(place, SHORT, 2), { first: 198, end: 222 });
    assert.equal(topOf(200, place, SHORT), 7200);
  });

  it('maps the scroll bar of a longer list in proportion', () => {
    assert.equal(contentPx(LONG), MAX_CONTENT_PX);
    const middle = scrolled(AT_START, (MAX_CONTENT_PX - 720) / 2, LONG);
    assert.equal(rowsInSight(middle, LONG, 0).first, 499_990);
    const last = scrolled(middle, MAX_CONTENT_PX - 720, LONG);
    assert.deepEqual(rowsInSight(last, LONG, 0), { first: 999_980, end: 1_000_000 });
    assert.deepEqual(scrolled(last, 0, LONG), AT_START);
  });

  it('goes as far as the wheel says, in a list of any length', () => {
    const from = placeAt(500_000 * 36, LONG);
    const to = scrolled(from, from.scrollPx + 108, LONG);
    assert.ok(Math.abs(to.listPx - from.listPx - 108) < 1e-6);
    assert.ok(Math.abs(topOf(500_003, to, LONG) - to.scrollPx) < 1e-6);
  });

  it('never leaves the list by the wheel', () => {
    const nearEnd = { scrollPx: MAX_CONTENT_PX - 5000, listPx: 36_000_000 - 720 - 10 };
    assert.equal(scrolled(nearEnd, nearEnd.scrollPx + 100, LONG).listPx, 36_000_000 - 720);
    assert.equal(scrolled({ scrollPx: 900, listPx: 30 }, 800, LONG).listPx, 0);
  });

  it('brings a row into sight by the shortest way', () => {
    for (const size of [SHORT, LONG]) {
      const place = placeAt(3600, size);
      assert.equal(placeShowing(110, place, size), place);
      assert.equal(placeShowing(99, place, size).listPx, 99 * 36);
      assert.equal(placeShowing(120, place, size).listPx, 121 * 36 - 720);
      assert.equal(placeShowing(size.rows - 1, place, size).listPx, size.rows * 36 - 720);
    }
  });

  it('knows no rows where there are none', () => {
    const empty = { rows: 0, rowPx: 36, viewportPx: 720 };
    assert.deepEqual(rowsInSight(AT_START, empty, 8), { first: 0, end: 0 });
    assert.deepEqual(placeAt(100, empty), AT_START);
  });
});
