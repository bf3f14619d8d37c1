import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type DailyUse, forecastFull } from '../../../src-server/domain/forecast.ts';

const DAY = 86_400_000;
const GB = 1e9;

function days(used: readonly number[]): DailyUse[] {
  return used.map((usedBytes, index) => ({ atMs: index * DAY, usedBytes }));
}

describe('forecastFull', () => {
  it('says that it does not know, instead of a date', () => {
    assert.deepEqual(forecastFull([], GB, 0), { kind: 'not-enough-history', days: 0, daysWanted: 7 });
    const six = days([1, 2, 3, 4, 5, 6].map((n) => n * GB));
    assert.deepEqual(forecastFull(six, GB, 0), { kind: 'not-enough-history', days: 6, daysWanted: 7 });
  });

  it('follows the trend, whatever one day did', () => {
    const steady = Array.from({ length: 30 }, (_, i) => 100 * GB + i * GB);
    steady[12] = 500 * GB;
    const forecast = forecastFull(days(steady), 50 * GB, 29 * DAY);
    assert.equal(forecast.kind, 'full-at');
    if (forecast.kind !== 'full-at') return;
    assert.ok(Math.abs(forecast.bytesPerDay - GB) < 0.05 * GB);
    assert.ok(Math.abs(forecast.atMs - (29 + 50) * DAY) < 4 * DAY);
    assert.ok(forecast.earliestMs <= forecast.atMs && forecast.atMs <= (forecast.latestMs ?? Infinity));
  });

  it('a store that shrinks or stands still has no date', () => {
    assert.equal(forecastFull(days([9, 8, 7, 6, 5, 4, 3].map((n) => n * GB)), GB, 0).kind, 'not-growing');
    assert.equal(forecastFull(days([9, 9, 9, 9, 9, 9, 9].map((n) => n * GB)), GB, 0).kind, 'not-growing');
  });

  it('beyond five years it names no date', () => {
    assert.equal(forecastFull(days([1, 2, 3, 4, 5, 6, 7].map((n) => n * GB)), 4000 * GB, 0).kind, 'far-away');
  });
});
