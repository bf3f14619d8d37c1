import { crc32c } from '@node-rs/crc32';

/*
 * A segment file (docs/on-disk-format/extents.md): a header of 64 bytes, then extents one behind the other.
 */

export const SEGMENT_MAGIC = Buffer.from('STOWSEG\n', 'latin1');
const SEGMENT_FORMAT = 1;
export const SEGMENT_HEADER_BYTES = 64;
const CRC_AT = SEGMENT_HEADER_BYTES - 4;

/** @param id the sixteen bytes whose hex is the file's name */
export function encodeSegmentHeader(id: Uint8Array, installTag: Uint8Array, createdMs: number): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(bytes, 0);
  bytes.writeUInt16LE(SEGMENT_FORMAT, 8);
  bytes.set(id, 16);
  bytes.set(installTag, 32);
  bytes.writeBigUInt64LE(BigInt(createdMs), 40);
  bytes.writeUInt32LE(crc32c(bytes.subarray(0, CRC_AT)), CRC_AT);
  return bytes;
}

/** True if `bytes` begin with an intact segment header of this format. */
export function isSegmentHeader(bytes: Buffer): boolean {
  return (
    bytes.length >= SEGMENT_HEADER_BYTES &&
    bytes.subarray(0, 8).equals(SEGMENT_MAGIC) &&
    bytes.readUInt16LE(8) === SEGMENT_FORMAT &&
    bytes.readUInt32LE(CRC_AT) === crc32c(bytes.subarray(0, CRC_AT))
  );
}
