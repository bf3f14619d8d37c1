import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MovedBytes } from '../../../src-server/services/shares/moved-bytes.ts';

test('what a ticket of a limited link moved is forgotten with the ticket only, whatever others start', () => {
  const moved = new MovedBytes(1000);
  assert.equal(moved.add('once', 7, true, 0), 7);
  for (let start = 0; start < 20_000; start += 1) moved.add(`open-${start}`, 1, false, 500);
  for (let start = 0; start < 20_000; start += 1) moved.add(`limited-${start}`, 1, true, 500);
  assert.equal(moved.add('once', 3, true, 900), 10);
  assert.equal(moved.get('open-0'), 0, 'memory is bounded');
  moved.add('later', 1, true, 1001);
  assert.deepEqual([moved.get('once'), moved.get('limited-0')], [0, 1]);
});
