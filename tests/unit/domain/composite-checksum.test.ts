import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { crc32c as crc32cOf, crc32 as crc32Of } from '@node-rs/crc32';
import fc from 'fast-check';
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  decodeChecksum,
  formatChecksum,
  parseChecksumPlan,
  readChecksum,
} from '../../../src-server/domain/checksum.ts';
import { objectChecksum } from '../../../src-server/domain/composite-checksum.ts';
import { smallCrc32 } from '../../../src-server/domain/crc32.ts';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { checkFinalClaims, type FinalClaims } from '../../../src-server/domain/final-checks.ts';
import type { ETag } from '../../../src-server/domain/ids.ts';
import { multipartETag } from '../../../src-server/domain/multipart-etag.ts';
import { digestOnce } from '../../../src-server/storage/digests.ts';

function base64(algorithm: ChecksumAlgorithm, bytes: Uint8Array): string {
  return Buffer.from(digestOnce([algorithm], bytes)[algorithm] ?? []).toString('base64');
}

const parts = fc.array(fc.uint8Array({ maxLength: 500 }), { minLength: 1, maxLength: 6 });

describe('objectChecksum', () => {
  for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME'] as const) {
    it(`${algorithm} FULL_OBJECT is the checksum of all bytes`, () => {
      fc.assert(
        fc.property(parts, (bodies) => {
          const summed = bodies.map((body) => ({ sizeBytes: body.length, checksum: base64(algorithm, body) }));
          assert.deepEqual(objectChecksum({ algorithm, type: 'FULL_OBJECT' }, summed), {
            algorithm,
            type: 'FULL_OBJECT',
            value: base64(algorithm, Buffer.concat(bodies)),
          });
        }),
        { seed: 1, numRuns: 50 },
      );
    });
  }

  for (const algorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const) {
    it(`${algorithm} COMPOSITE is of the joined checksums, with their number`, () => {
      fc.assert(
        fc.property(parts, (bodies) => {
          const summed = bodies.map((body) => ({ sizeBytes: body.length, checksum: base64(algorithm, body) }));
          const joined = Buffer.concat(summed.map((part) => Buffer.from(part.checksum, 'base64')));
          const { value } = objectChecksum({ algorithm, type: 'COMPOSITE' }, summed);
          assert.equal(value, `${base64(algorithm, joined)}-${bodies.length}`);
        }),
        { seed: 2, numRuns: 50 },
      );
    });
  }

  it('is CRC64NVME over the whole where no plan was made', () => {
    const body = Buffer.from('123456789');
    const only = [{ sizeBytes: 9, checksum: base64('CRC64NVME', body) }];
    assert.deepEqual(objectChecksum(undefined, only), {
      algorithm: 'CRC64NVME',
      type: 'FULL_OBJECT',
      value: 'rosUhgp5mIg=',
    });
  });
});

// The composite values that S3 itself gave for these part checksums (floci-io/floci#3083, measured in eu-west-1).
it('agrees with what AWS answered', () => {
  const checksums = [
    'lcKa6Boe7a167tUCN5C4OaFygGSYD8MBnBARTrdL+1w=',
    'gHjhbUT4oo2tSCtSZJdlKi+jeNXJT+VImqdPXsXvkOc=',
    '4l9PQ3zOPZ0oGFvknFX+J4zZwE4WMzO+l3r8XrbWOeM=',
  ];
  const summed = checksums.map((checksum) => ({ sizeBytes: 1, checksum }));
  const { value } = objectChecksum({ algorithm: 'SHA256', type: 'COMPOSITE' }, summed);
  assert.equal(value, 'rVWtNbadtsaKXJAcgWPWjifHzJaXde/iV4jaJAOdivc=-3');
});

describe('the table of types', () => {
  const table: [string | undefined, string | undefined, string][] = [
    [undefined, undefined, 'none'],
    [undefined, 'COMPOSITE', 'InvalidRequest'],
    [undefined, 'FULL_OBJECT', 'InvalidRequest'],
    ['CRC32', undefined, 'CRC32 COMPOSITE'],
    ['crc32', 'full_object', 'CRC32 FULL_OBJECT'],
    ['CRC32C', 'COMPOSITE', 'CRC32C COMPOSITE'],
    ['CRC32C', 'FULL_OBJECT', 'CRC32C FULL_OBJECT'],
    ['CRC64NVME', undefined, 'CRC64NVME FULL_OBJECT'],
    ['CRC64NVME', 'COMPOSITE', 'InvalidRequest'],
    ['SHA1', undefined, 'SHA1 COMPOSITE'],
    ['SHA1', 'FULL_OBJECT', 'InvalidRequest'],
    ['SHA256', 'COMPOSITE', 'SHA256 COMPOSITE'],
    ['SHA256', 'FULL_OBJECT', 'InvalidRequest'],
    ['MD4', undefined, 'InvalidRequest'],
    ['CRC32', 'PARTIAL', 'InvalidRequest'],
  ];
  for (const [algorithm, type, expected] of table) {
    it(`${algorithm ?? 'nothing'} with ${type ?? 'nothing'}: ${expected}`, () => {
      let found: string;
      try {
        const plan = parseChecksumPlan(algorithm, type);
        found = plan === undefined ? 'none' : `${plan.algorithm} ${plan.type}`;
      } catch (error) {
        assert.ok(isFailure(error));
        found = error.code;
      }
      assert.equal(found, expected);
    });
  }
});

describe('checkFinalClaims', () => {
  const composite = { algorithm: 'SHA256', type: 'COMPOSITE', value: 'abc=-2' } as const;
  const full = { algorithm: 'CRC32', type: 'FULL_OBJECT', value: 'AAAAAA==' } as const;
  const added = { algorithm: 'CRC64NVME', type: 'FULL_OBJECT', value: 'x' } as const;
  const none: FinalClaims = { checksum: undefined, type: undefined, sizeBytes: undefined };
  const verdict = (claims: Partial<FinalClaims>, checksum: typeof composite | typeof full | typeof added): string => {
    const plan = checksum === added ? undefined : checksum;
    try {
      checkFinalClaims({ ...none, ...claims }, plan, { checksum, sizeBytes: 10 });
      return 'good';
    } catch (error) {
      assert.ok(isFailure(error));
      return error.code;
    }
  };

  it('takes what is right, a composite with or without its number', () => {
    assert.equal(verdict({}, full), 'good');
    assert.equal(verdict({ checksum: full, type: 'FULL_OBJECT', sizeBytes: 10 }, full), 'good');
    assert.equal(verdict({ checksum: composite }, composite), 'good');
    assert.equal(verdict({ checksum: { algorithm: 'SHA256', value: 'abc=' } }, composite), 'good');
    assert.equal(verdict({ checksum: added, type: 'FULL_OBJECT' }, added), 'good');
  });

  it('refuses the rest', () => {
    assert.equal(verdict({ checksum: { algorithm: 'CRC32', value: 'AAAAAB==' } }, full), 'BadDigest');
    assert.equal(verdict({ checksum: { algorithm: 'SHA256', value: 'abc=-3' } }, composite), 'BadDigest');
    assert.equal(verdict({ checksum: { algorithm: 'SHA1', value: 'abc=' } }, composite), 'BadDigest');
    assert.equal(verdict({ checksum: { algorithm: 'CRC64NVME', value: 'y' } }, added), 'BadDigest');
    assert.equal(verdict({ checksum: { algorithm: 'CRC32', value: 'x' } }, added), 'InvalidRequest');
    assert.equal(verdict({ type: 'COMPOSITE' }, full), 'BadDigest');
    assert.equal(verdict({ sizeBytes: 11 }, full), 'InvalidRequest');
  });
});

describe('small pieces', () => {
  it('smallCrc32 is CRC32 and CRC32C', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.equal(Buffer.from(smallCrc32('CRC32', bytes)).readUInt32BE(), crc32Of(bytes));
        assert.equal(Buffer.from(smallCrc32('CRC32C', bytes)).readUInt32BE(), crc32cOf(bytes));
      }),
      { seed: 6 },
    );
  });

  it('a stored checksum reads back', () => {
    for (const algorithm of CHECKSUM_ALGORITHMS) {
      const checksum = { algorithm, type: 'COMPOSITE', value: `${base64(algorithm, Buffer.from('x'))}-7` } as const;
      assert.deepEqual(readChecksum(formatChecksum(checksum)), checksum);
    }
    assert.throws(() => readChecksum('CRC32 HALF x'));
    assert.throws(() => readChecksum(''));
  });

  it('a value must be base64 of the algorithm’s length, in its one form', () => {
    assert.equal(decodeChecksum('CRC32', 'AAAAAA==')?.length, 4);
    for (const value of ['', 'AAAAAA', 'AAAAAB==', 'AAAA', '!', 'AAAAAA==-1', 'AAAAAAAA']) {
      assert.equal(decodeChecksum('CRC32', value), undefined, value);
    }
  });

  it('a multipart ETag is the MD5 of MD5s', () => {
    const md5 = (data: string | Buffer) => createHash('md5').update(data).digest();
    const tags = ['a', 'b'].map((text) => md5(text).toString('hex') as ETag);
    assert.equal(multipartETag(tags), `${md5(Buffer.concat([md5('a'), md5('b')])).toString('hex')}-2`);
  });
});
