import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCopySource } from '../../../src-server/domain/copy-source.ts';
import { isFailure } from '../../../src-server/domain/failure.ts';

const parse = (header: string) => {
  const { bucket, key, versionId } = parseCopySource(header);
  return [bucket, key, versionId];
};
const ID = 'A'.repeat(32);

test('bucket, key and version, with or without a slash before, decoded once', () => {
  assert.deepEqual(parse('bucket/key'), ['bucket', 'key', undefined]);
  assert.deepEqual(parse('/bucket/a/b//c/'), ['bucket', 'a/b//c/', undefined]);
  assert.deepEqual(parse('bucket/a%2Fb%20c+d%25'), ['bucket', 'a/b c+d%', undefined]);
  assert.deepEqual(parse('%2Fbucket%2Fkey'), ['bucket', 'key', undefined]);
  assert.deepEqual(parse(`bucket/key?versionId=${ID}`), ['bucket', 'key', ID]);
  assert.deepEqual(parse('bucket/key?versionId=null'), ['bucket', 'key', 'null']);
  assert.deepEqual(parse('bucket/what?'), ['bucket', 'what?', undefined]);
  assert.deepEqual(parse('bucket/../other/key'), ['bucket', '../other/key', undefined]);
  assert.deepEqual(parse(Buffer.from('bucket/größe').toString('latin1')), ['bucket', 'größe', undefined]);
});

test('anything else is refused', () => {
  for (const bad of [
    '',
    '/',
    'bucket',
    'bucket/',
    '/bucket/',
    '//key',
    'UPPER/key',
    'b/k',
    'bucket/%',
    'bucket/%ff',
    'bucket/key?versionId=',
    'bucket/key?versionId=x',
    'arn:aws:s3:us-east-1:1:accesspoint/x/object/k',
  ]) {
    assert.throws(
      () => parseCopySource(bad),
      (error) => isFailure(error, 'InvalidArgument'),
      bad,
    );
  }
  assert.throws(
    () => parseCopySource(`bucket/${'k'.repeat(1025)}`),
    (error) => isFailure(error, 'KeyTooLongError'),
  );
});
