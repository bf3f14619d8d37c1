import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ExtentSlice } from '../../../src-server/storage/body-store.ts';
import { FRAME_BYTES, storedLengthOf } from '../../../src-server/storage/extent-format.ts';
import { framePlace } from '../../../src-server/storage/frame-codec.ts';
import { piecesOf, planRead } from '../../../src-server/storage/read-plan.ts';

const HEADER = 100;
const OFFSET = 12_345;

function sliceOf(plainLength: number, codec: ExtentSlice['codec'], start: number, length: number): ExtentSlice {
  return {
    uid: new Uint8Array(16),
    containerName: 'c',
    containerKind: 'chunk',
    diskIds: [1],
    offset: OFFSET,
    headerLength: HEADER,
    storedLength: storedLengthOf(plainLength, codec),
    plainLength,
    codec,
    sliceOffset: start,
    sliceLength: length,
  };
}

/** An extent's frames with trailers of 0xff where they stand behind the header. */
function layOut(plain: Buffer, codec: ExtentSlice['codec']): Buffer {
  const stored = Buffer.alloc(storedLengthOf(plain.length, codec), 0xff);
  for (let frame = 0; frame * FRAME_BYTES < plain.length; frame += 1) {
    const place = framePlace(frame, plain.length, codec);
    plain.copy(stored, place.storedOffset, frame * FRAME_BYTES, frame * FRAME_BYTES + place.payloadLength);
  }
  return stored;
}

describe('read plan', () => {
  it('reads whole frames, each at most once, and hands out exactly the wanted bytes', () => {
    const plain = randomBytes(7 * FRAME_BYTES + 1_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: plain.length }),
        fc.constantFrom('plain' as const, 'aes-256-gcm' as const),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 4 }),
        (plainLength, codec, from, share, framesMax) => {
          const body = plain.subarray(0, plainLength);
          const start = Math.min(plainLength - 1, Math.floor(from * plainLength));
          const length = Math.max(1, Math.floor(share * (plainLength - start)));
          const stored = layOut(body, codec);
          const found: Buffer[] = [];
          let nextFrame = Math.floor(start / FRAME_BYTES);
          for (const step of planRead([sliceOf(plainLength, codec, start, length)], () => framesMax)) {
            assert.equal(step.range.firstFrame, nextFrame);
            assert.ok(step.frames <= framesMax);
            nextFrame += step.frames;
            const at = step.range.fileOffset - OFFSET - HEADER;
            const bytes = stored.subarray(at, at + step.range.storedLength);
            assert.equal(bytes.length, step.range.storedLength);
            const pieces = piecesOf(step, bytes);
            assert.equal(
              pieces.reduce((sum, piece) => sum + piece.length, 0),
              step.wantedBytes,
            );
            found.push(...pieces);
          }
          assert.ok(Buffer.concat(found).equals(body.subarray(start, start + length)));
        },
      ),
      { seed: 4_711, numRuns: 300 },
    );
  });

  it('refuses a slice that reaches outside its extent', () => {
    assert.throws(() => [...planRead([sliceOf(10, 'plain', 5, 6)], () => 1)], RangeError);
    assert.throws(() => [...planRead([sliceOf(10, 'plain', -1, 2)], () => 1)], RangeError);
  });
});
