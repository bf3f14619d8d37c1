import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createCRC64 } from 'hash-wasm';
import { DIGEST_ALGORITHMS, type Digests } from '../../../src-server/storage/body-store.ts';
import { crc64 } from '../../../src-server/storage/crc64-nvme.ts';
import { DigestSet, digestOnce } from '../../../src-server/storage/digests.ts';

function hex(digests: Digests): Record<string, string> {
  return Object.fromEntries(Object.entries(digests).map(([name, value]) => [name, Buffer.from(value).toString('hex')]));
}

describe('digests', () => {
  it('of the check string are those of the algorithms’ definitions', () => {
    assert.deepEqual(hex(digestOnce(DIGEST_ALGORITHMS, Buffer.from('123456789'))), {
      MD5: '25f9e794323b453885f5181f1b624d0b',
      SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
      SHA256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
      CRC32: 'cbf43926',
      CRC32C: 'e3069283',
      CRC64NVME: 'ae8b14860a799888',
    });
  });

  it('do not depend on how the bytes are cut, nor on other bodies between', () => {
    const body = randomBytes(300_000);
    const wanted = hex(digestOnce(DIGEST_ALGORITHMS, body));
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 8 }), (cuts) => {
        const set = new DigestSet(DIGEST_ALGORITHMS);
        const other = new DigestSet(DIGEST_ALGORITHMS);
        const places = [0, ...cuts.sort((a, b) => a - b), body.length];
        for (const [index, place] of places.entries()) {
          set.update(body.subarray(places[index - 1] ?? 0, place));
          other.update(body.subarray(0, 100));
        }
        assert.deepEqual(hex(set.digest()), wanted);
      }),
      { seed: 99, numRuns: 40 },
    );
  });

  it('of nothing are those of nothing', () => {
    const empty = hex(digestOnce(DIGEST_ALGORITHMS, Buffer.alloc(0)));
    assert.deepEqual(hex(new DigestSet(DIGEST_ALGORITHMS).digest()), empty);
    assert.equal(empty['MD5'], 'd41d8cd98f00b204e9800998ecf8427e');
    assert.equal(empty['CRC64NVME'], '0000000000000000');
  });

  it('CRC64NVME agrees with another implementation at every length and alignment', async () => {
    const other = await createCRC64('9a6c9329ac4bc9b5');
    const bytes = randomBytes(200_010);
    for (const length of [
      ...Array.from({ length: 70 }, (_, index) => index),
      65_535,
      65_536,
      65_537,
      131_072,
      199_999,
    ]) {
      const part = bytes.subarray(length % 7, (length % 7) + length);
      const wanted = other.init().update(part).digest();
      assert.equal(crc64(part).toString(16).padStart(16, '0'), wanted, `${length} bytes`);
      const shared = Buffer.from(new SharedArrayBuffer(length));
      shared.set(part);
      assert.equal(crc64(shared).toString(16).padStart(16, '0'), wanted, `${length} shared bytes`);
    }
  });
});
