import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomName } from '../../../src-server/platform/random.ts';

test('names never meet, whatever their sizes, and own their bytes', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 3000; i++) {
    const bytes = randomName(16 + (i % 9));
    assert.equal(bytes.byteLength, 16 + (i % 9));
    assert.equal(bytes.buffer.byteLength, bytes.byteLength);
    seen.add(Buffer.from(bytes.subarray(0, 16)).toString('hex'));
  }
  assert.equal(seen.size, 3000);
  assert.throws(() => randomName(4097), RangeError);
});
