import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { bucketOfHost, parseTarget, splitRawTarget } from '../../../src-server/s3/http/parse-target.ts';
import { parseQueryString } from '../../../src-server/s3/http/query-string.ts';

function parse(path: string, hostBucket?: string): string {
  try {
    const target = parseTarget(path, hostBucket);
    switch (target.scope) {
      case 'service':
        return 'service';
      case 'bucket':
        return target.bucket;
      case 'object':
        return `${target.bucket} ${target.key}`;
    }
  } catch (error) {
    assert.ok(isFailure(error), String(error));
    return error.code;
  }
}

const CASES: readonly (readonly [path: string, expected: string])[] = [
  ['/', 'service'],
  ['/bucket', 'bucket'],
  ['/bucket/', 'bucket'],
  ['/bucket/a', 'bucket a'],
  ['/bucket/a/', 'bucket a/'],
  ['/bucket//', 'bucket /'],
  ['/bucket//a', 'bucket /a'],
  ['/bucket/a//b', 'bucket a//b'],
  ['/bucket/..', 'bucket ..'],
  ['/bucket/../other', 'bucket ../other'],
  ['/bucket/.', 'bucket .'],
  ['/bucket/%2F', 'bucket /'],
  ['/bucket/%252F', 'bucket %2F'],
  ['/bucket/%2e%2E', 'bucket ..'],
  ['/bucket/a+b', 'bucket a+b'],
  ['/bucket/a%20b', 'bucket a b'],
  ['/bucket/%C3%BC', 'bucket ü'],
  ['/bucket/\xc3\xbc', 'bucket ü'],
  ['/bucket/%F0%9F%98%80', 'bucket 😀'],
  ['/bucket/%EF%BB%BFx', 'bucket \uFEFFx'],
  ['/buc%6Bet/a', 'bucket a'],
  ['/bucket/%', 'InvalidURI'],
  ['/bucket/%2', 'InvalidURI'],
  ['/bucket/%zz', 'InvalidURI'],
  ['/bucket/%ff', 'InvalidURI'],
  ['/bucket/%C3', 'InvalidURI'],
  ['/bucket/%ED%A0%80', 'InvalidURI'],
  ['/bucket/\xff%41', 'InvalidURI'],
  ['/bucket/\xc3\xbc%', 'InvalidURI'],
  ['//a', 'InvalidBucketName'],
  ['/Bucket', 'InvalidBucketName'],
  ['/..', 'InvalidBucketName'],
  ['/ab', 'InvalidBucketName'],
  ['/192.168.1.1/a', 'InvalidBucketName'],
  ['/a%2Fb/c', 'InvalidBucketName'],
  [`/bucket/${'a'.repeat(1024)}`, `bucket ${'a'.repeat(1024)}`],
  [`/bucket/${'a'.repeat(1025)}`, 'KeyTooLongError'],
  [`/bucket/${'%C3%BC'.repeat(512)}`, `bucket ${'ü'.repeat(512)}`],
  [`/bucket/${'%C3%BC'.repeat(513)}`, 'KeyTooLongError'],
];

for (const [path, expected] of CASES) {
  test(`${path.slice(0, 40)} is ${expected.slice(0, 40)}`, () => assert.equal(parse(path), expected));
}

test('every key survives its encoding', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (key) => {
      const encoded = key.split('/').map(encodeURIComponent).join('/');
      assert.equal(parse(`/bucket/${encoded}`), `bucket ${key}`);
      const raw = Buffer.from(key).toString('latin1').replaceAll('%', '%25');
      assert.equal(parse(`/bucket/${raw}`), `bucket ${key}`);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test('any path parses or is refused by name', () => {
  const piece = fc.constantFrom(
    '/',
    '//',
    '%',
    '%2',
    '%2F',
    '%00',
    '..',
    'a',
    'bucket',
    '\xff',
    '\xc3\xbc',
    '+',
    '?',
    '%C3',
    '%BC',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      parse(`/${pieces.join('')}`);
    }),
    { seed: 8, numRuns: 500 },
  );
});

test('only the origin form is a request target', () => {
  assert.throws(() => splitRawTarget('http://host/bucket'), { code: 'InvalidURI' });
  assert.throws(() => splitRawTarget('*'), { code: 'InvalidURI' });
  assert.deepEqual(splitRawTarget('/a?b?c'), { path: '/a', query: 'b?c' });
});

test('a host below the domain names a bucket, any other host none', () => {
  assert.equal(bucketOfHost('bucket.s3.example.com:9000', 's3.example.com'), 'bucket');
  assert.equal(bucketOfHost('a.b.S3.Example.com', 's3.example.com'), 'a.b');
  assert.equal(bucketOfHost('s3.example.com', 's3.example.com'), undefined);
  assert.equal(bucketOfHost('bucket.s3.example.com.evil.org', 's3.example.com'), undefined);
  assert.equal(bucketOfHost('bucketxs3.example.com', 's3.example.com'), undefined);
  assert.equal(bucketOfHost('127.0.0.1:9000', 's3.example.com'), undefined);
  assert.equal(bucketOfHost('[::1]:9000', 's3.example.com'), undefined);
  assert.equal(bucketOfHost('bucket.s3.example.com', null), undefined);
  assert.equal(parse('/a/b', 'bucket'), 'bucket a/b');
  assert.equal(parse('/', 'bucket'), 'bucket');
  assert.equal(parse('//', 'bucket'), 'bucket /');
});

test('query strings decode once, plus is a space, the first of repeated parameters counts', () => {
  const { params, pairs } = parseQueryString('prefix=a+b%2Bc&acl&x=1&x=2&&=v');
  assert.deepEqual(
    [...params],
    [
      ['prefix', 'a b+c'],
      ['acl', ''],
      ['x', '1'],
      ['', 'v'],
    ],
  );
  assert.equal(pairs.length, 5);
  assert.throws(() => parseQueryString('a=%'), { code: 'InvalidURI' });
  assert.throws(() => parseQueryString('a&'.repeat(300)), { code: 'InvalidURI' });
});
