/*
 * Log format 1 (docs/on-disk-format/log.md). Integers are little-endian; u64 values stay below 2^53.
 *
 * segment file   = header (4 KiB) { batch }
 * batch          = batch header, frames (each at a multiple of 8), journal record; starts at a multiple of 4 KiB
 */

export const LOG_FORMAT = 1;
export const BLOCK_BYTES = 4096;
export const SEGMENT_HEADER_BYTES = BLOCK_BYTES;
export const SEGMENT_BYTES_MAX = 256 * 1024 * 1024;
export const BATCH_HEADER_BYTES = 56;
export const RECORD_HEADER_BYTES = 104;
/** Record CRC, then batch CRC. */
export const RECORD_TRAILER_BYTES = 8;
export const RECORD_BYTES_MAX = 16 * 1024 * 1024;
export const FRAME_ALIGNMENT = 8;
export const LOG_ID_BYTES = 16;

export const SEGMENT_MAGIC = Buffer.from('STOWLOG\n', 'latin1');
export const BATCH_MAGIC = Buffer.from('STOWBAT\n', 'latin1');
export const RECORD_MAGIC = Buffer.from('STOWREC\n', 'latin1');

/** What a journal record's entries are. `relocation`: bodies of earlier batches stand elsewhere now (LOG.md 11). */
export const RECORD_KINDS = { commands: 1, migration: 2, relocation: 3 } as const;
export type RecordKind = keyof typeof RECORD_KINDS;

/** The payload is encrypted. No release writes it yet; a reader must refuse what it cannot open. */
export const RECORD_FLAG_SEALED = 1;

/** Names one journal record: where its batch starts, its number, and its batch CRC. */
export interface RecordPosition {
  readonly segment: number;
  /** Byte offset of the batch's header in the segment file. */
  readonly offset: number;
  readonly sequence: number;
  readonly crc: number;
}

/** Position before the first record of a log. */
export const LOG_START: RecordPosition = { segment: 0, offset: 0, sequence: 0, crc: 0 };

/** A log structure that does not hold together, and why. */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';
}

/** File name of a log segment; also the name of its container in the catalogue. */
export function segmentFileName(segment: number): string {
  return `${segment.toString(16).padStart(16, '0')}.log`;
}

/** The number in a segment's file name; undefined for any other file. */
export function parseSegmentFileName(name: string): number | undefined {
  const match = /^([0-9a-f]{16})\.log$/.exec(name);
  const segment = match === null ? 0 : Number.parseInt(match[1] ?? '', 16);
  return segment >= 1 && Number.isSafeInteger(segment) ? segment : undefined;
}

export function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}

const TWO_32 = 0x1_0000_0000;

export function writeU64(target: Buffer, value: number, offset: number): void {
  target.writeUInt32LE(value % TWO_32, offset);
  target.writeUInt32LE(Math.floor(value / TWO_32), offset + 4);
}

/** @throws LogDamaged past 2^53 - 1, which no writer of ours reaches */
export function readU64(source: Buffer, offset: number): number {
  const value = source.readUInt32LE(offset + 4) * TWO_32 + source.readUInt32LE(offset);
  if (!Number.isSafeInteger(value)) throw new LogDamaged('a number past 2^53');
  return value;
}
