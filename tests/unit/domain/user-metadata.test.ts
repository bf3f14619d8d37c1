import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { parseUserMetadata, presentUserMetadata } from '../../../src-server/domain/user-metadata.ts';

const parse = (entries: Record<string, string>) => parseUserMetadata(new Map(Object.entries(entries)));

test('metadata is decoded in and encoded out', () => {
  assert.equal(parse({}), undefined);
  const metadata = parse({
    'x-amz-meta-plain': 'a',
    'x-amz-meta-empty': '',
    'x-amz-meta-utf8': Buffer.from('größe').toString('latin1'),
    'x-amz-meta-word': '=?UTF-8?Q?gr=C3=B6=C3=9Fe?=',
  });
  assert.deepEqual(metadata, { plain: 'a', empty: '', utf8: 'größe', word: 'größe' });
  const headers: Record<string, string> = {};
  presentUserMetadata(metadata, headers);
  assert.deepEqual(headers, {
    'x-amz-meta-plain': 'a',
    'x-amz-meta-empty': '',
    'x-amz-meta-utf8': '=?UTF-8?B?Z3LDtsOfZQ==?=',
    'x-amz-meta-word': '=?UTF-8?B?Z3LDtsOfZQ==?=',
  });
});

test('names of JavaScript are names like any other', () => {
  const metadata = parse({ 'x-amz-meta-__proto__': 'a', 'x-amz-meta-constructor': 'b' });
  const headers: Record<string, string> = {};
  presentUserMetadata(metadata, headers);
  assert.deepEqual(Object.entries(headers), [
    ['x-amz-meta-__proto__', 'a'],
    ['x-amz-meta-constructor', 'b'],
  ]);
});

test('names and values have 2 KB in UTF-8', () => {
  assert.ok(parse({ 'x-amz-meta-k': 'v'.repeat(2047) }));
  for (const headers of [
    { 'x-amz-meta-k': 'v'.repeat(2048) },
    { 'x-amz-meta-k': Buffer.from('é'.repeat(1024)).toString('latin1') },
    { 'x-amz-meta-a': 'v'.repeat(1024), 'x-amz-meta-b': 'v'.repeat(1023) },
  ]) {
    assert.throws(
      () => parse(headers),
      (error) => isFailure(error, 'MetadataTooLarge'),
    );
  }
});
