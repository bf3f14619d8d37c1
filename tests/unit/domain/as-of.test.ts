import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ComparedVersion, momentsOf, newestAsOf, rewindingOf } from '../../../src-server/domain/as-of.ts';
import { seededRandom } from '../../support/seeded.ts';

const version = (seq: number, changes: Partial<ComparedVersion> = {}): ComparedVersion => ({
  seq,
  etag: 'e',
  size: 1,
  content_type: null,
  system_metadata: null,
  user_metadata: null,
  tags: null,
  ...changes,
});

test('what was moved here stands here since then, not since it was changed', () => {
  const moved = { modified_ms: 10, came_ms: 50 };
  const older = { modified_ms: 20, came_ms: null };
  assert.equal(newestAsOf([moved, older], 49), older);
  assert.equal(newestAsOf([moved, older], 50), moved);
  assert.equal(newestAsOf([moved, older], 19), undefined);
});

test('a key comes back, is as it was, or is newer', () => {
  assert.equal(rewindingOf(undefined, undefined), 'none');
  assert.equal(rewindingOf(undefined, version(1)), 'newer');
  assert.equal(rewindingOf(version(1), undefined), 'back');
  assert.equal(rewindingOf(version(1), version(1)), 'same');
  assert.equal(rewindingOf(version(1), version(9)), 'same', 'a copy of it');
  assert.equal(rewindingOf(version(1), version(9, { tags: '[]' })), 'back');
  assert.equal(rewindingOf(version(1), version(9, { etag: 'f' })), 'back');
});

test('moments keep every change, in order, and are no more than asked for', () => {
  const random = seededRandom(7);
  for (const count of [0, 1, 5, 200, 201, 3000]) {
    const times = Array.from({ length: count }, () => Math.floor(random() * 10_000));
    const moments = momentsOf(times, 200);
    assert.ok(moments.length <= 200);
    assert.equal(
      moments.reduce((sum, { changes }) => sum + changes, 0),
      count,
    );
    assert.deepEqual(
      moments.map(({ atMs }) => atMs),
      [...new Set(moments.map(({ atMs }) => atMs))].sort((a, b) => a - b),
    );
    if (count > 0) assert.equal(moments.at(-1)?.atMs, Math.max(...times));
  }
});
