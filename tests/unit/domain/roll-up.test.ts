import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HISTORY_LEVELS, HISTORY_RANGES, rollUp, single } from '../../../src-server/domain/roll-up.ts';

const TEN = 10_000;

describe('rollUp', () => {
  it('keeps the peak and weighs the mean, level by level', () => {
    const fine = Array.from({ length: 60 }, (_, i) => ({ atMs: i * TEN, values: { in: single(i === 17 ? 1000 : 1) } }));
    const five = rollUp(fine, 300_000);
    assert.equal(five.length, 2);
    assert.deepEqual(five[0]?.values, { in: [1, (29 + 1000) / 30, 1000, 30] });
    const hour = rollUp(five, 3_600_000);
    assert.deepEqual(hour, [{ atMs: 0, values: { in: [1, (59 + 1000) / 60, 1000, 60] } }]);
  });

  it('leaves gaps, and names that were not measured, out', () => {
    const rolled = rollUp(
      [
        { atMs: 0, values: { p99: single(5), in: single(0) } },
        { atMs: TEN, values: { in: single(2) } },
        { atMs: 900_000, values: { in: single(4) } },
      ],
      300_000,
    );
    assert.deepEqual(rolled, [
      { atMs: 0, values: { p99: [5, 5, 5, 1], in: [0, 1, 2, 2] } },
      { atMs: 900_000, values: { in: [4, 4, 4, 1] } },
    ]);
  });

  it('takes any name', () => {
    const values = JSON.parse('{"__proto__":[1,1,1,1],"constructor":[2,2,2,1]}');
    const [window] = rollUp(
      [
        { atMs: 0, values },
        { atMs: 1, values },
      ],
      1000,
    );
    assert.deepEqual(window?.values['constructor'], [2, 2, 2, 2]);
  });

  it('every range is at most 600 points and is kept as long as it is shown', () => {
    for (const { spanMs, stepMs, level } of Object.values(HISTORY_RANGES)) {
      assert.ok(spanMs / stepMs <= 600);
      assert.ok(HISTORY_LEVELS[level].keepMs >= spanMs + stepMs);
      assert.equal(stepMs % HISTORY_LEVELS[level].stepMs, 0);
    }
  });
});
