import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatBytes, formatCount, formatExactBytes, formatTime } from '../../../src-renderer/lib/format.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const HOUR_MS = 3_600_000;

describe('sizes', () => {
  const cases: readonly (readonly [number, string, string])[] = [
    [0, 'en', '0 B'],
    [999, 'en', '999 B'],
    [1000, 'en', '1 kB'],
    [1449, 'en', '1.4 kB'],
    [99_940, 'en', '99.9 kB'],
    [99_960, 'en', '100 kB'],
    [999_499, 'en', '999 kB'],
    [999_500, 'en', '1 MB'],
    [1_400_000_000_000, 'en', '1.4 TB'],
    [1_400_000_000_000, 'de', '1,4 TB'],
    [Number.MAX_SAFE_INTEGER, 'en', '9 PB'],
  ];
  for (const [bytes, language, expected] of cases) {
    it(`${bytes} bytes are ${expected}`, () =>
      assert.equal(formatBytes(bytes, language), expected.replace(' ', '\u00a0')));
  }

  it('go by 1024 where the viewer chose so', () => {
    const said = (bytes: number) => formatBytes(bytes, 'en', 'iec').replace('\u00a0', ' ');
    assert.equal(said(1023), '1,023 B');
    assert.equal(said(1024), '1 KiB');
    assert.equal(said(1_400_000_000_000), '1.3 TiB');
  });

  it('are exact where asked for', () => {
    assert.equal(formatExactBytes(1204, 'en'), '1,204 bytes');
    assert.equal(formatCount(1204, 'de'), '1.204');
  });
});

describe('times', () => {
  const cases: readonly (readonly [string, number, string, string])[] = [
    ['within five seconds', 4000, 'en', 'now'],
    ['seconds', 42_000, 'en', '42 sec. ago'],
    ['minutes', 3 * 60_000, 'en', '3 min. ago'],
    ['hours', 5 * HOUR_MS, 'en', '5 hr. ago'],
    ['yesterday', 25 * HOUR_MS, 'en', 'yesterday'],
    ['a clock that runs ahead', -2 * 60_000, 'en', 'in 2 min.'],
    ['a week ahead, just said', 2000 - 7 * 24 * HOUR_MS, 'en', 'in 7 days'],
    ['a day ahead, just said', 2000 - 24 * HOUR_MS, 'en', 'tomorrow'],
    ['seconds ahead', -45_000, 'en', 'in 45 sec.'],
    ['a week', 7 * 24 * HOUR_MS, 'en', 'Nov 14, 2026'],
    ['minutes in German', 3 * 60_000, 'de', 'vor 3 Min.'],
  ];
  for (const [name, passedMs, language, expected] of cases) {
    it(`${name}: ${expected}`, () => assert.equal(formatTime(NOW_MS - passedMs, NOW_MS, language), expected));
  }
});
