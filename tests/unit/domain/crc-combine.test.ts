import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32c as crc32cOf, crc32 as crc32Of } from '@node-rs/crc32';
import fc from 'fast-check';
import { createCRC64 } from 'hash-wasm';
import { combineCrcs, isLinearAlgorithm, type LinearAlgorithm } from '../../../src-server/domain/crc-combine.ts';

const crc64 = await createCRC64('9a6c9329ac4bc9b5');

function crcOf(algorithm: LinearAlgorithm, bytes: Uint8Array): Buffer {
  if (algorithm === 'CRC64NVME') return Buffer.from(crc64.init().update(bytes).digest('hex'), 'hex');
  const value = Buffer.alloc(4);
  value.writeUInt32BE(algorithm === 'CRC32' ? crc32Of(bytes) : crc32cOf(bytes));
  return value;
}

const ALGORITHMS: readonly LinearAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME'];

describe('combineCrcs', () => {
  for (const algorithm of ALGORITHMS) {
    it(`equals the direct ${algorithm} of the joined pieces`, () => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 3000 }), { maxLength: 12 }), (pieces) => {
          const combined = combineCrcs(
            algorithm,
            pieces.map((bytes) => ({ crc: crcOf(algorithm, bytes), sizeBytes: bytes.byteLength })),
          );
          assert.equal(Buffer.from(combined).toString('hex'), crcOf(algorithm, Buffer.concat(pieces)).toString('hex'));
        }),
        { seed: 4, numRuns: 200 },
      );
    });

    it(`${algorithm} holds for pieces of zeros over 4 GiB, by splitting them differently`, () => {
      const piece = (sizeBytes: number) => ({ crc: zeros(algorithm, sizeBytes), sizeBytes });
      const six = combineCrcs(algorithm, [piece(3 * 2 ** 31), piece(12345)]);
      const other = combineCrcs(algorithm, [piece(12345), piece(2 ** 32), piece(2 ** 31)]);
      assert.deepEqual(six, other);
    });
  }

  it('takes 10,000 odd parts', (t) => {
    const pieces = Array.from({ length: 10_000 }, (_, i) => ({
      crc: Buffer.from((0x0123456789abcdefn + BigInt(i)).toString(16).padStart(16, '0'), 'hex'),
      sizeBytes: 5 * 2 ** 20 + 7 * i + 0x0fffff,
    }));
    const start = performance.now();
    assert.equal(combineCrcs('CRC64NVME', pieces).byteLength, 8);
    t.diagnostic(`${Math.round(performance.now() - start)} ms`);
  });

  it('refuses a value of the wrong width', () => {
    assert.throws(() => combineCrcs('CRC32', [{ crc: new Uint8Array(8), sizeBytes: 1 }]), RangeError);
  });

  it('knows which algorithms combine', () => {
    assert.equal(isLinearAlgorithm('CRC64NVME'), true);
    assert.equal(isLinearAlgorithm('SHA256'), false);
  });
});

/** CRC of `sizeBytes` zero bytes, by doubling. */
function zeros(algorithm: LinearAlgorithm, sizeBytes: number): Uint8Array {
  let crc: Uint8Array = crcOf(algorithm, new Uint8Array(0));
  let doubled: Uint8Array = crcOf(algorithm, new Uint8Array(1));
  let length = 1;
  for (let rest = sizeBytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      crc = combineCrcs(algorithm, [
        { crc, sizeBytes: 0 },
        { crc: doubled, sizeBytes: length },
      ]);
    }
    doubled = combineCrcs(algorithm, [
      { crc: doubled, sizeBytes: length },
      { crc: doubled, sizeBytes: length },
    ]);
    length *= 2;
  }
  return crc;
}
