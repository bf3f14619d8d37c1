import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProgressMeter } from '../../../src-server/platform/progress.ts';

test('only time spent waiting for the client counts', () => {
  const meter = new ProgressMeter(30_000, 1024);
  meter.begin(0);
  meter.end(10_000);
  assert.equal(meter.isTooSlow(500_000, 0), false);
  meter.begin(500_000);
  assert.equal(meter.isTooSlow(519_000, 0), false);
  assert.equal(meter.isTooSlow(520_000, 0), true);
});

test('many small deliveries do not start the window again', () => {
  const meter = new ProgressMeter(30_000, 1024);
  for (let second = 0; second < 29; second++) {
    meter.begin(second * 1000);
    meter.end(second * 1000 + 999);
    assert.equal(meter.isTooSlow(second * 1000 + 999, second), false);
  }
  meter.begin(30_000);
  assert.equal(meter.isTooSlow(32_000, 29), true);
});

test('a rate at the limit passes, window after window', () => {
  const meter = new ProgressMeter(30_000, 1024);
  meter.begin(0);
  for (let window = 1; window <= 5; window++) {
    assert.equal(meter.isTooSlow(window * 30_000, window * 30 * 1024), false);
  }
  assert.equal(meter.isTooSlow(180_000, 5 * 30 * 1024 + 30 * 1024 - 1), true);
});
