import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  CHUNK_BYTES_MAX,
  decodeHeader,
  type ExtentHeader,
  encodeHeader,
  FRAME_BYTES,
  frameCount,
  headerLengthOf,
  storedLengthOf,
} from '../../../src-server/storage/extent-format.ts';
import { FrameCodec, findDamagedFrame, framePlace } from '../../../src-server/storage/frame-codec.ts';
import { encodeSegmentHeader, isSegmentHeader } from '../../../src-server/storage/segment-format.ts';

const SEED = 20_261_121;
const codecs = ['plain', 'aes-256-gcm'] as const;

const headers = fc.record<ExtentHeader>(
  {
    uid: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    installTag: fc.uint8Array({ minLength: 8, maxLength: 8 }),
    codec: fc.constantFrom(...codecs),
    plainLength: fc.integer({ min: 1, max: CHUNK_BYTES_MAX }),
    createdMs: fc.integer({ min: 0, max: 4_102_444_800_000 }),
    bodyOffset: fc.integer({ min: 0, max: 2 ** 46 }),
    lastOfBody: fc.boolean(),
    envelope: fc.uint8Array({ maxLength: 100 }),
    origin: fc.record(
      {
        bucket: fc.string({ maxLength: 63 }),
        key: fc.string({ unit: 'binary', maxLength: 250 }),
        versionId: fc.string({ maxLength: 40 }),
        partNumber: fc.integer({ min: 0, max: 10_000 }),
      },
      { noNullPrototype: true },
    ),
  },
  { noNullPrototype: true },
);

describe('extent header', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(headers, (header) => {
        const bytes = Buffer.alloc(headerLengthOf(header.envelope, header.origin) + 10, 0xaa);
        const length = encodeHeader(header, bytes);
        const found = decodeHeader(bytes);
        assert.ok(found);
        const { headerLength, storedLength, ...rest } = found;
        assert.equal(headerLength, length);
        assert.equal(storedLength, storedLengthOf(header.plainLength, header.codec));
        const { uid, installTag, envelope } = rest;
        assert.deepEqual(
          {
            ...rest,
            uid: Uint8Array.from(uid),
            installTag: Uint8Array.from(installTag),
            envelope: Uint8Array.from(envelope),
          },
          header,
        );
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('takes the longest key there is, and refuses what no bucket could hold', () => {
    const origin = { bucket: 'b'.repeat(63), key: 'k'.repeat(1_024), versionId: 'v'.repeat(64), partNumber: 1 };
    assert.ok(headerLengthOf(Buffer.alloc(100), origin) < 1_400);
    assert.throws(() => headerLengthOf(undefined, { ...origin, key: 'k'.repeat(2_000) }), RangeError);
  });

  it('is nothing once any bit of it changed', () => {
    const header = fc.sample(headers, { seed: SEED, numRuns: 1 })[0];
    assert.ok(header);
    const bytes = Buffer.alloc(headerLengthOf(header.envelope, header.origin));
    encodeHeader(header, bytes);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(decodeHeader(altered), undefined, `bit ${bit}`);
    }
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        decodeHeader(Buffer.from(bytes));
        decodeHeader(Buffer.concat([Buffer.from('STOWEXT\n\x01\x00', 'latin1'), Buffer.from(bytes)]));
        isSegmentHeader(Buffer.from(bytes));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe('frames', () => {
  it('lie where the lengths say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: CHUNK_BYTES_MAX }), fc.constantFrom(...codecs), (plainLength, codec) => {
        let stored = 0;
        let plain = 0;
        const trailer = codec === 'plain' ? 4 : 20;
        const frames = frameCount(plainLength);
        for (let frame = 0; frame < frames; frame += 1) {
          const place = framePlace(frame, plainLength, codec);
          assert.equal(place.storedOffset, stored);
          assert.equal(place.last, frame === frames - 1);
          assert.ok(place.payloadLength > 0 && place.payloadLength <= FRAME_BYTES);
          stored += place.payloadLength + trailer;
          plain += place.payloadLength;
        }
        assert.equal(plain, plainLength);
        assert.equal(stored, storedLengthOf(plainLength, codec));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  for (const codec of codecs) {
    const dataKey = codec === 'plain' ? undefined : randomBytes(32);

    it(`${codec}: every flipped bit is caught, by the CRC alone`, () => {
      const uid = randomBytes(16);
      const frames = new FrameCodec(uid, dataKey);
      const length = 37;
      const sealed = Buffer.concat([randomBytes(length), Buffer.alloc(codec === 'plain' ? 4 : 20)]);
      frames.seal(sealed, length, 3, false);
      assert.equal(new FrameCodec(uid, undefined).check(sealed, length, 3, false, codec), true);
      for (let bit = 0; bit < sealed.length * 8; bit += 1) {
        const altered = Buffer.from(sealed);
        altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        assert.equal(frames.check(altered, length, 3, false), false, `bit ${bit}`);
        assert.equal(frames.open(altered, length, 3, false), false, `bit ${bit}`);
      }
    });

    it(`${codec}: a frame in another's place is damage`, () => {
      const uid = randomBytes(16);
      const frames = new FrameCodec(uid, dataKey);
      const sealed = Buffer.concat([randomBytes(100), Buffer.alloc(codec === 'plain' ? 4 : 20)]);
      frames.seal(sealed, 100, 3, false);
      assert.equal(frames.check(sealed, 100, 4, false), false);
      assert.equal(frames.check(sealed, 100, 3, true), false);
      assert.equal(new FrameCodec(randomBytes(16), dataKey).check(sealed, 100, 3, false), false);
      assert.equal(frames.open(sealed, 100, 3, false), true);
    });
  }

  it('aes-256-gcm: altered bytes with a CRC to match do not open, nor do they under another key', () => {
    const uid = randomBytes(16);
    const key = randomBytes(32);
    const sealed = Buffer.concat([randomBytes(100), Buffer.alloc(20)]);
    new FrameCodec(uid, key).seal(sealed, 100, 0, true);
    assert.equal(new FrameCodec(uid, randomBytes(32)).open(Buffer.from(sealed), 100, 0, true), false);
    const forged = Buffer.from(sealed);
    forged[5] = (forged[5] ?? 0) ^ 1;
    // A plain codec over payload and tag writes the CRC where the encrypted one has it.
    new FrameCodec(uid, undefined).seal(forged, 116, 0, true);
    assert.equal(new FrameCodec(uid, undefined).check(forged, 100, 0, true, 'aes-256-gcm'), true);
    assert.equal(new FrameCodec(uid, key).open(forged, 100, 0, true), false);
  });

  it('findDamagedFrame names the first bad one, also where bytes are missing', () => {
    const uid = randomBytes(16);
    const frames = new FrameCodec(uid, undefined);
    const plainLength = 3 * FRAME_BYTES + 10;
    const stored = Buffer.alloc(storedLengthOf(plainLength, 'plain'), 7);
    for (let frame = 0; frame < 4; frame += 1) {
      const { storedOffset, payloadLength, last } = framePlace(frame, plainLength, 'plain');
      frames.seal(stored.subarray(storedOffset), payloadLength, frame, last);
    }
    assert.equal(findDamagedFrame(uid, 'plain', plainLength, stored), undefined);
    assert.equal(findDamagedFrame(uid, 'plain', plainLength, stored.subarray(2 * 65_540), 2), undefined);
    assert.equal(findDamagedFrame(uid, 'plain', plainLength, stored.subarray(0, stored.length - 1)), 3);
    stored[70_000] = 8;
    assert.equal(findDamagedFrame(uid, 'plain', plainLength, stored), 1);
  });
});

describe('segment header', () => {
  it('is nothing once any bit of it changed', () => {
    const bytes = encodeSegmentHeader(randomBytes(16), randomBytes(8), 5);
    assert.equal(isSegmentHeader(bytes), true);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(isSegmentHeader(altered), false, `bit ${bit}`);
    }
  });
});
