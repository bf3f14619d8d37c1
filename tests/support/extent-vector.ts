import { hash } from 'node:crypto';
import {
  type ExtentHeader,
  encodeHeader,
  frameCount,
  headerLengthOf,
  storedLengthOf,
} from '../../src-server/storage/extent-format.ts';
import { FrameCodec, framePlace } from '../../src-server/storage/frame-codec.ts';
import { encodeSegmentHeader } from '../../src-server/storage/segment-format.ts';

/*
 * The extents of tests/fixtures/on-disk/extents.json, made by the server's own code.
 */

export const INSTALL_ID = '6f1c2a52-7f5e-4c1e-9a3b-0123456789ab';
export const DATA_KEY = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index));

/** The plain bytes of every vector: byte i is (i × 7 + i div 256) mod 256. */
export function plainBytes(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 7 + Math.floor(index / 256)) % 256));
}

/** The extent of a vector. */
export function makeExtent(plainLength: number, encrypted: boolean): Buffer {
  const uid = Buffer.from(Array.from({ length: 16 }, (_, index) => index + (plainLength % 200)));
  const codec = encrypted ? 'aes-256-gcm' : 'plain';
  const header: ExtentHeader = {
    uid,
    installTag: hash('sha256', INSTALL_ID, 'buffer').subarray(0, 8),
    codec,
    plainLength,
    createdMs: 1_700_000_000_123,
    bodyOffset: 67_108_864,
    lastOfBody: !encrypted,
    envelope: encrypted ? Buffer.alloc(69, 0xe5) : Buffer.alloc(0),
    origin: { bucket: 'a-bucket', key: 'ключ/a', versionId: 'null', partNumber: encrypted ? 17 : 0 },
  };
  const headerLength = headerLengthOf(header.envelope, header.origin);
  const bytes = Buffer.alloc(headerLength + storedLengthOf(plainLength, codec));
  encodeHeader(header, bytes);
  const frames = new FrameCodec(uid, encrypted ? DATA_KEY : undefined);
  const plain = plainBytes(plainLength);
  for (let frame = 0; frame < frameCount(plainLength); frame += 1) {
    const { storedOffset, payloadLength, last } = framePlace(frame, plainLength, codec);
    const place = bytes.subarray(headerLength + storedOffset);
    plain.copy(place, 0, frame * 65_536, frame * 65_536 + payloadLength);
    frames.seal(place, payloadLength, frame, last);
  }
  return bytes;
}

/** The segment header of the vectors. */
export function makeSegmentHeader(): Buffer {
  const id = Buffer.from(Array.from({ length: 16 }, (_, index) => 16 * index));
  return encodeSegmentHeader(id, hash('sha256', INSTALL_ID, 'buffer').subarray(0, 8), 1_700_000_000_123);
}
