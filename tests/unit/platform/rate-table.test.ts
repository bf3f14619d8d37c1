import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newRateMemory, RateTable } from '../../../src-server/platform/rate-table.ts';

const MS = 1_000_000n;

function tables(): { one: RateTable; other: RateTable; pass(ms: number): void } {
  let now = 5_000_000_000n;
  const memory = newRateMemory();
  const clock = () => now;
  return {
    one: new RateTable(memory, clock),
    other: new RateTable(memory, clock),
    pass: (ms) => {
      now += BigInt(ms) * MS;
    },
  };
}

test('a rate is kept over all threads: a second’s worth at once, then one at a time', () => {
  const { one, other, pass } = tables();
  const taken = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? one : other).take('key a', 10));
  assert.equal(taken.filter((waitMs) => waitMs === 0).length, 10);
  assert.equal(taken.at(-1), 100);
  pass(99);
  assert.equal(one.take('key a', 10), 1);
  pass(1);
  assert.equal(one.take('key a', 10), 0);
  assert.ok(other.take('key a', 10) > 0);
  assert.equal(one.take('key b', 10), 0);
  pass(1000);
  assert.equal(Array.from({ length: 30 }, () => one.take('key a', 10)).filter((waitMs) => waitMs === 0).length, 10);
});

test('bytes are paced: a second’s worth at once, and after that by the rate', () => {
  const { one, other, pass } = tables();
  assert.equal(one.pace('k', 1000, 1000), 0);
  assert.equal(other.pace('k', 500, 1000), 500);
  pass(500);
  assert.equal(one.pace('k', 1000, 1000), 1000);
});

test('so many at a time, and a place for the next when one ends', () => {
  const { one, other } = tables();
  for (let round = 0; round < 3; round += 1) {
    assert.ok(one.acquire('open a', 2));
    assert.ok(other.acquire('open a', 2));
    assert.ok(!one.acquire('open a', 2));
    assert.ok(one.acquire('open b', 1));
    other.release('open a');
    assert.ok(one.acquire('open a', 2));
    for (const name of ['open a', 'open a', 'open b']) one.release(name);
  }
});

test('more names than places: nobody is forgotten while they count, and places come back', () => {
  const { one, pass } = tables();
  for (let i = 0; i < 40_000; i += 1) {
    assert.ok(one.acquire(`open ${i}`, 1), String(i));
    one.release(`open ${i}`);
  }
  for (let i = 0; i < 40_000; i += 1) {
    assert.equal(one.take(`key ${i}`, 1000), 0, String(i));
    if (i % 1000 === 0) pass(1000);
  }
});
