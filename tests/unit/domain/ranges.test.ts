import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { parseCopySourceRange, parseRange } from '../../../src-server/domain/ranges.ts';

test('one range of bytes', () => {
  assert.deepEqual(parseRange('bytes=0-0', 10), { start: 0, end: 0 });
  assert.deepEqual(parseRange('bytes=2-5', 10), { start: 2, end: 5 });
  assert.deepEqual(parseRange('bytes=2-', 10), { start: 2, end: 9 });
  assert.deepEqual(parseRange('bytes=-3', 10), { start: 7, end: 9 });
  assert.deepEqual(parseRange('bytes=-30', 10), { start: 0, end: 9 });
  assert.deepEqual(parseRange('bytes=9-99999999999999999999', 10), { start: 9, end: 9 });
  assert.deepEqual(parseRange('Bytes = 1 - 2', 10), { start: 1, end: 2 });
});

test('what is no single range is ignored', () => {
  for (const header of [
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=a-b',
    'bytes=5-2',
    'items=0-1',
    'bytes=0-1,3-4',
    '0-1',
  ]) {
    assert.equal(parseRange(header, 10), undefined, header);
  }
});

test('a range without a byte is refused, with the size', () => {
  for (const [header, size] of [
    ['bytes=10-', 10],
    ['bytes=10-12', 10],
    ['bytes=-0', 10],
    ['bytes=0-', 0],
    ['bytes=-1', 0],
  ] as const) {
    assert.throws(
      () => parseRange(header, size),
      (error) => {
        assert.ok(isFailure(error, 'InvalidRange'));
        assert.equal(error.detail.fields?.ActualObjectSize, String(size));
        assert.equal(error.detail.headers?.['Content-Range'], `bytes */${size}`);
        return true;
      },
    );
  }
});

test('a copy range has first and last byte, both inside the source', () => {
  assert.deepEqual(parseCopySourceRange('bytes=0-9', 10), { start: 0, end: 9 });
  for (const header of ['bytes=0-10', 'bytes=5-', 'bytes=-5', 'bytes=5-4', '0-1', 'bytes=0-1,2-3']) {
    assert.throws(
      () => parseCopySourceRange(header, 10),
      (error) => isFailure(error, 'InvalidArgument'),
    );
  }
});
