import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ChecksumPlan } from '../../../src-server/domain/checksum.ts';
import { type Failure, isFailure } from '../../../src-server/domain/failure.ts';
import type { ETag, UploadId } from '../../../src-server/domain/ids.ts';
import {
  type ListedPart,
  MAX_PART_BYTES,
  MIN_PART_BYTES,
  parsePartNumber,
  selectParts,
  type UploadedPart,
} from '../../../src-server/domain/part-rules.ts';

// Tests mint the brands of their own values.
const ID = 'a'.repeat(48) as UploadId;
const CRC64 = 'AAAAAAAAAAA=';
const SHA256: ChecksumPlan = { algorithm: 'SHA256', type: 'COMPOSITE' };
const CRC32: ChecksumPlan = { algorithm: 'CRC32', type: 'FULL_OBJECT' };

function uploaded(...parts: [number: number, sizeBytes: number, checksum?: string][]): Map<number, UploadedPart> {
  return new Map(
    parts.map(([partNumber, sizeBytes, checksum = CRC64]) => [
      partNumber,
      { partNumber, sizeBytes, etag: `etag-${partNumber}` as ETag, checksum },
    ]),
  );
}

function listed(partNumber: number, checksum?: ListedPart['checksum']): ListedPart {
  return { partNumber, etag: `etag-${partNumber}`, checksum };
}

function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    if (isFailure(error)) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

describe('selectParts', () => {
  const big = MIN_PART_BYTES;
  const good: [string, ListedPart[], Map<number, UploadedPart>, ChecksumPlan | undefined][] = [
    ['one small part', [listed(1)], uploaded([1, 1]), undefined],
    ['gaps in the numbers', [listed(2), listed(9_999)], uploaded([2, big], [9_999, 0]), undefined],
    ['parts left out', [listed(1), listed(3)], uploaded([1, big], [2, 1], [3, 1]), undefined],
    ['the right checksum', [listed(1, { algorithm: 'SHA256', value: 'x' })], uploaded([1, 1, 'x']), SHA256],
    ['a full-object upload without listed checksums', [listed(1)], uploaded([1, 1, 'x']), CRC32],
    [
      'another algorithm where none was chosen',
      [listed(1, { algorithm: 'CRC32', value: 'x' })],
      uploaded([1, 1]),
      undefined,
    ],
  ];
  for (const [name, list, parts, plan] of good) {
    it(`takes ${name}`, () => {
      assert.deepEqual(
        selectParts(ID, plan, list, parts).map((part) => part.partNumber),
        list.map((part) => part.partNumber),
      );
    });
  }

  const bad: [string, string, ListedPart[], Map<number, UploadedPart>, ChecksumPlan | undefined][] = [
    ['descending numbers', 'InvalidPartOrder', [listed(2), listed(1)], uploaded([1, big], [2, big]), undefined],
    ['a number twice', 'InvalidPartOrder', [listed(1), listed(1)], uploaded([1, big]), undefined],
    ['disorder before absence', 'InvalidPartOrder', [listed(9), listed(1)], uploaded([1, big]), undefined],
    ['an absent part', 'InvalidPart', [listed(1), listed(2)], uploaded([1, big]), undefined],
    ['another ETag', 'InvalidPart', [{ ...listed(1), etag: 'x' }], uploaded([1, 1]), undefined],
    ['a small part in front', 'EntityTooSmall', [listed(1), listed(2)], uploaded([1, big - 1], [2, 1]), undefined],
    ['an absent checksum of a composite', 'InvalidRequest', [listed(1)], uploaded([1, 1, 'x']), SHA256],
    [
      'another checksum',
      'InvalidPart',
      [listed(1, { algorithm: 'SHA256', value: 'y' })],
      uploaded([1, 1, 'x']),
      SHA256,
    ],
    ['another algorithm', 'BadDigest', [listed(1, { algorithm: 'SHA1', value: 'x' })], uploaded([1, 1, 'x']), SHA256],
    [
      'another default checksum',
      'InvalidPart',
      [listed(1, { algorithm: 'CRC64NVME', value: 'y' })],
      uploaded([1, 1]),
      undefined,
    ],
  ];
  for (const [name, code, list, parts, plan] of bad) {
    it(`refuses ${name}: ${code}`, () => {
      assert.equal(failureOf(() => selectParts(ID, plan, list, parts)).code, code);
    });
  }

  it('tells which part is too small', () => {
    const parts = uploaded([1, MIN_PART_BYTES], [2, 7], [3, 1]);
    const { detail } = failureOf(() => selectParts(ID, undefined, [listed(1), listed(2), listed(3)], parts));
    assert.deepEqual(detail.fields, { ProposedSize: '7', MinSizeAllowed: '5242880', PartNumber: '2', ETag: 'etag-2' });
  });

  it('takes the largest object there can be', () => {
    const numbers = Array.from({ length: 10_000 }, (_, i) => i + 1);
    const parts = uploaded(...numbers.map((number): [number, number] => [number, MAX_PART_BYTES]));
    assert.equal(
      selectParts(
        ID,
        undefined,
        numbers.map((number) => listed(number)),
        parts,
      ).length,
      10_000,
    );
  });
});

describe('parsePartNumber', () => {
  it('takes 1 to 10,000 and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -5, max: 10_005 }).map(String), fc.string()), (text) => {
        const isGood = /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 10_000;
        if (isGood) assert.equal(parsePartNumber(text), Number(text));
        else assert.equal(failureOf(() => parsePartNumber(text)).code, 'InvalidArgument');
      }),
      { seed: 3 },
    );
  });
});
