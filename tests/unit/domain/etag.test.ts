import assert from 'node:assert/strict';
import { test } from 'node:test';
import { etagOfMd5, matchesETag, parseETagCondition, quoteETag } from '../../../src-server/domain/etag.ts';
import type { ETag } from '../../../src-server/domain/ids.ts';

const MD5 = Buffer.from('5d41402abc4b2a76b9719d911017c592', 'hex');

test('an ETag is the MD5 in lower-case hex, shown in quotes', () => {
  assert.equal(etagOfMd5(MD5), '5d41402abc4b2a76b9719d911017c592');
  assert.equal(quoteETag(etagOfMd5(MD5)), '"5d41402abc4b2a76b9719d911017c592"');
  assert.throws(() => etagOfMd5(MD5.subarray(1)));
});

test('a condition names any tag or a list, quotes and weakness aside', () => {
  assert.deepEqual(parseETagCondition(' * '), { kind: 'any' });
  assert.deepEqual(parseETagCondition('"a", W/"b" ,c'), { kind: 'listed', tags: ['a', 'b', 'c'] });
  assert.deepEqual(parseETagCondition('"'), { kind: 'listed', tags: ['"'] });
  const listed = parseETagCondition('"a", "b"');
  assert.equal(matchesETag(listed, 'b' as ETag), true);
  assert.equal(matchesETag(listed, 'B' as ETag), false);
  assert.equal(matchesETag({ kind: 'any' }, 'x' as ETag), true);
});
