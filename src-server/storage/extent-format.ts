import { crc32c } from '@node-rs/crc32';
import type { ExtentCodec } from './body-store.ts';

/*
 * Extent format 1 (docs/on-disk-format/extents.md): a header, then frames of 64 KiB of stored bytes, each followed by its
 * trailer. Every length follows from the plain length and the codec, so the place of any byte can be computed.
 */

export const EXTENT_MAGIC = Buffer.from('STOWEXT\n', 'latin1');
const EXTENT_FORMAT = 1;
/** Plain bytes of a frame; the last one of an extent may be shorter, never empty. */
export const FRAME_BYTES = 65_536;
export const CRC_BYTES = 4;
export const TAG_BYTES = 16;
/** A longer header is damage: bucket, key and envelope are all bounded far below. */
export const HEADER_BYTES_MAX = 2_048;
const HEADER_FIXED_BYTES = 84;
/** Plain bytes of the largest extent that goes into a segment. */
export const SEGMENT_EXTENT_BYTES_MAX = 16 * FRAME_BYTES;
/** Plain bytes of the largest extent: one chunk file. */
export const CHUNK_BYTES_MAX = 1_024 * FRAME_BYTES;
/** A segment file takes no further extent past this length. */
export const SEGMENT_BYTES_MAX = 256 * 1_048_576;

const FLAG_LAST_OF_BODY = 1;
const TWO_32 = 2 ** 32;
const CODEC_NUMBERS: Readonly<Record<ExtentCodec, number>> = { plain: 0, 'aes-256-gcm': 1 };

/** What the extent was first written for: only salvage reads it, the catalogue decides what an extent is. */
export interface ExtentOrigin {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  /** Part of a multipart upload, from 1; 0 for a whole object. */
  readonly partNumber: number;
}

/** The header's facts. Lengths in bytes. */
export interface ExtentHeader {
  /** Sixteen random bytes. */
  readonly uid: Uint8Array;
  /** First eight bytes of SHA-256 of the install id: a body that imitates an extent cannot know it. */
  readonly installTag: Uint8Array;
  readonly codec: ExtentCodec;
  readonly plainLength: number;
  readonly createdMs: number;
  /** Offset of this extent's first plain byte in the body it was written for. */
  readonly bodyOffset: number;
  readonly lastOfBody: boolean;
  /** The wrapped data key; empty where the codec is plain. */
  readonly envelope: Uint8Array;
  readonly origin: ExtentOrigin;
}

/** A header as found, with where its frames stand. */
export interface FoundHeader extends ExtentHeader {
  readonly headerLength: number;
  readonly storedLength: number;
}

/** Bytes after a frame's payload: the tag where encrypted, then the CRC. */
export function trailerLength(codec: ExtentCodec): number {
  return codec === 'plain' ? CRC_BYTES : TAG_BYTES + CRC_BYTES;
}

/** From one frame's start to the next one's. */
export function frameStride(codec: ExtentCodec): number {
  return FRAME_BYTES + trailerLength(codec);
}

export function frameCount(plainLength: number): number {
  return Math.ceil(plainLength / FRAME_BYTES);
}

/** Length of all frames with their trailers: the extent without its header. */
export function storedLengthOf(plainLength: number, codec: ExtentCodec): number {
  return plainLength + frameCount(plainLength) * trailerLength(codec);
}

/** Length that `encodeHeader` will need; known before the body's length is. Throws RangeError past the maximum. */
export function headerLengthOf(envelope: Uint8Array | undefined, origin: ExtentOrigin): number {
  const length =
    HEADER_FIXED_BYTES +
    (envelope?.length ?? 0) +
    Buffer.byteLength(origin.bucket) +
    Buffer.byteLength(origin.key) +
    Buffer.byteLength(origin.versionId) +
    CRC_BYTES;
  if (length > HEADER_BYTES_MAX) throw new RangeError(`an extent header of ${length} bytes`);
  return length;
}

/** Writes the header at the start of `target` and answers its length. */
export function encodeHeader(header: ExtentHeader, target: Buffer): number {
  const { origin, envelope } = header;
  const headerLength = headerLengthOf(envelope, origin);
  EXTENT_MAGIC.copy(target, 0);
  target.writeUInt16LE(EXTENT_FORMAT, 8);
  target.writeUInt16LE(headerLength, 10);
  target.writeUInt8(CODEC_NUMBERS[header.codec], 12);
  target.writeUInt8(header.lastOfBody ? FLAG_LAST_OF_BODY : 0, 13);
  target.writeUInt16LE(0, 14);
  target.set(header.uid, 16);
  target.set(header.installTag, 32);
  writeU64(target, header.plainLength, 40);
  writeU64(target, storedLengthOf(header.plainLength, header.codec), 48);
  writeU64(target, header.createdMs, 56);
  writeU64(target, header.bodyOffset, 64);
  target.writeUInt32LE(origin.partNumber, 72);
  target.writeUInt16LE(envelope.length, 76);
  target.set(envelope, HEADER_FIXED_BYTES);
  let at = HEADER_FIXED_BYTES + envelope.length;
  for (const [index, text] of [origin.bucket, origin.key, origin.versionId].entries()) {
    const written = target.write(text, at, 'utf8');
    target.writeUInt16LE(written, 78 + 2 * index);
    at += written;
  }
  target.writeUInt32LE(crc32c(target.subarray(0, at)), at);
  return headerLength;
}

/**
 * Reads a header at the start of `bytes`; undefined where none stands, or a damaged one, or one whose lengths contradict
 * each other. `bytes` must reach to the header's end (HEADER_BYTES_MAX is always enough).
 */
export function decodeHeader(bytes: Buffer): FoundHeader | undefined {
  if (bytes.length < HEADER_FIXED_BYTES + CRC_BYTES || !bytes.subarray(0, 8).equals(EXTENT_MAGIC)) return undefined;
  const headerLength = bytes.readUInt16LE(10);
  if (headerLength < HEADER_FIXED_BYTES + CRC_BYTES || headerLength > Math.min(bytes.length, HEADER_BYTES_MAX)) {
    return undefined;
  }
  const crcAt = headerLength - CRC_BYTES;
  if (bytes.readUInt32LE(crcAt) !== crc32c(bytes.subarray(0, crcAt))) return undefined;
  return bytes.readUInt16LE(8) === EXTENT_FORMAT ? decodeFields(bytes, headerLength) : undefined;
}

function decodeFields(bytes: Buffer, headerLength: number): FoundHeader | undefined {
  const codec = codecOf(bytes.readUInt8(12));
  const plainLength = readU64(bytes, 40);
  const storedLength = readU64(bytes, 48);
  if (codec === undefined || plainLength < 1 || plainLength > CHUNK_BYTES_MAX) return undefined;
  if (storedLength !== storedLengthOf(plainLength, codec)) return undefined;
  let at = HEADER_FIXED_BYTES;
  const take = (lengthAt: number): Buffer => {
    const start = at;
    at += bytes.readUInt16LE(lengthAt);
    return bytes.subarray(start, at);
  };
  const [envelope, bucket, key, versionId] = [take(76), take(78), take(80), take(82)];
  if (at !== headerLength - CRC_BYTES) return undefined;
  return {
    uid: Buffer.from(bytes.subarray(16, 32)),
    installTag: Buffer.from(bytes.subarray(32, 40)),
    codec,
    plainLength,
    storedLength,
    headerLength,
    createdMs: readU64(bytes, 56),
    bodyOffset: readU64(bytes, 64),
    lastOfBody: (bytes.readUInt8(13) & FLAG_LAST_OF_BODY) !== 0,
    envelope: Buffer.from(envelope),
    origin: {
      bucket: bucket.toString('utf8'),
      key: key.toString('utf8'),
      versionId: versionId.toString('utf8'),
      partNumber: bytes.readUInt32LE(72),
    },
  };
}

function codecOf(number: number): ExtentCodec | undefined {
  switch (number) {
    case 0:
      return 'plain';
    case 1:
      return 'aes-256-gcm';
    default:
      return undefined;
  }
}

// Without BigInt, whose allocations would be felt in every small body. All of ours stay below 2^53.
function writeU64(target: Buffer, value: number, offset: number): void {
  target.writeUInt32LE(value % TWO_32, offset);
  target.writeUInt32LE(Math.floor(value / TWO_32), offset + 4);
}

function readU64(bytes: Buffer, offset: number): number {
  return bytes.readUInt32LE(offset) + bytes.readUInt32LE(offset + 4) * TWO_32;
}
