import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isBucketName, parseBucketName } from '../../../src-server/domain/bucket-name.ts';
import { isFailure } from '../../../src-server/domain/failure.ts';

test("names by AWS's rules", () => {
  const good = ['abc', '0ab', 'a.b-c', 'a-.b', 'health', 'x'.repeat(63), '1.2.3', '1.2.3.4.5', '256.a.1.1', 'a--b'];
  for (const name of good) assert.ok(isBucketName(name), name);
  const bad = [
    '',
    'ab',
    'x'.repeat(64),
    'Abc',
    'a_b',
    'a b',
    '-ab',
    'ab-',
    '.ab',
    'ab.',
    'a..b',
    '1.2.3.4',
    '999.1.1.1',
    'xn--abc',
    'sthree-abc',
    'amzn-s3-demo-abc',
    'abc-s3alias',
    'abc--ol-s3',
    'abc.mrap',
    'abc--x-s3',
    'abc--table-s3',
    'abc\n',
    'äbc',
    'a/b',
    '..',
    'a%2f',
  ];
  for (const name of bad) {
    assert.ok(!isBucketName(name), name);
    assert.throws(
      () => parseBucketName(name),
      (error) => isFailure(error, 'InvalidBucketName'),
    );
  }
});
