/**
 * The records of a ZIP file whose entries are stored, never compressed, by PKWARE's APPNOTE.TXT 6.3.10; the numbers in the
 * comments are its sections. Every record's length follows from names and sizes alone, so a file's length and every offset
 * in it are known before a byte of content was read. CRCs are not known then: they follow the content in data descriptors
 * (4.3.9), and local headers have zeros in their place whether or not they are known by now, so that the file is the same
 * bytes each time.
 */

/** One entry, its name in UTF-8, `/` between folders, at its end for a folder. */
export interface ZipEntry {
  readonly name: Uint8Array;
  readonly isFolder: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** 0xffffffff in a four-byte field says: look into the ZIP64 extra field (4.4.8, 4.4.9, 4.4.16). */
const ESCAPE_32 = 0xffffffff;
const ESCAPE_16 = 0xffff;
/** Bit 3: CRC and sizes follow the content; bit 11: the name is UTF-8 (4.4.4). */
const FLAGS = 0x0808;
const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
/** Upper byte 3: attributes are Unix's (4.4.2). */
const MADE_BY = (3 << 8) | VERSION_ZIP64;
const FILE_MODE = 0o100644;
const FOLDER_MODE = 0o040755;
const DOS_FOLDER = 0x10;
/** Info-ZIP's extended timestamp: seconds since 1970, UTC, where DOS times know no zone (its proginfo/extrafld.txt). */
const TIME_EXTRA_BYTES = 9;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;

/** Does the entry's own size need eight bytes? */
function isLarge({ sizeBytes }: Pick<ZipEntry, 'sizeBytes'>): boolean {
  return sizeBytes >= ESCAPE_32;
}

export function localHeaderLength(entry: ZipEntry): number {
  return LOCAL_BYTES + entry.name.length + TIME_EXTRA_BYTES + (isLarge(entry) ? 20 : 0);
}

/** Folders and files alike have one: the flags are the same for all. */
export function descriptorLength(entry: ZipEntry): number {
  return isLarge(entry) ? 24 : 16;
}

/** Header, content and descriptor. */
export function entryLength(entry: ZipEntry): number {
  return localHeaderLength(entry) + entry.sizeBytes + descriptorLength(entry);
}

export function centralLength(entry: ZipEntry, offset: number): number {
  const wide = (isLarge(entry) ? 16 : 0) + (offset >= ESCAPE_32 ? 8 : 0);
  return CENTRAL_BYTES + entry.name.length + TIME_EXTRA_BYTES + (wide === 0 ? 0 : 4 + wide);
}

/** 4.3.7. A large entry's sizes are in a ZIP64 field, which in a local header has both (4.5.3); zeros, as by bit 3. */
export function localHeader(entry: ZipEntry): Buffer {
  const large = isLarge(entry);
  const header = Buffer.alloc(localHeaderLength(entry));
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(large ? VERSION_ZIP64 : VERSION_PLAIN, 4);
  header.writeUInt16LE(FLAGS, 6);
  writeDosTime(header, 10, entry.modifiedMs);
  if (large) header.fill(0xff, 18, 26);
  header.writeUInt16LE(entry.name.length, 26);
  header.writeUInt16LE(header.length - LOCAL_BYTES - entry.name.length, 28);
  header.set(entry.name, LOCAL_BYTES);
  const at = writeTimeExtra(header, LOCAL_BYTES + entry.name.length, entry.modifiedMs);
  if (large) {
    header.writeUInt16LE(1, at);
    header.writeUInt16LE(16, at + 2);
  }
  return header;
}

/** 4.3.9, with the signature that most readers look for. */
export function dataDescriptor(entry: ZipEntry, crc32: number): Buffer {
  const descriptor = Buffer.alloc(descriptorLength(entry));
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc32, 4);
  if (isLarge(entry)) {
    descriptor.writeBigUInt64LE(BigInt(entry.sizeBytes), 8);
    descriptor.writeBigUInt64LE(BigInt(entry.sizeBytes), 16);
  } else {
    descriptor.writeUInt32LE(entry.sizeBytes, 8);
    descriptor.writeUInt32LE(entry.sizeBytes, 12);
  }
  return descriptor;
}

/** 4.3.12; the ZIP64 field has only what does not fit, in this order: both sizes, offset (4.5.3). */
export function centralRecord(entry: ZipEntry, offset: number, crc32: number): Buffer {
  const large = isLarge(entry);
  const far = offset >= ESCAPE_32;
  const record = Buffer.alloc(centralLength(entry, offset));
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(MADE_BY, 4);
  record.writeUInt16LE(large || far ? VERSION_ZIP64 : VERSION_PLAIN, 6);
  record.writeUInt16LE(FLAGS, 8);
  writeDosTime(record, 12, entry.modifiedMs);
  record.writeUInt32LE(crc32, 16);
  record.writeUInt32LE(large ? ESCAPE_32 : entry.sizeBytes, 20);
  record.writeUInt32LE(large ? ESCAPE_32 : entry.sizeBytes, 24);
  record.writeUInt16LE(entry.name.length, 28);
  record.writeUInt16LE(record.length - CENTRAL_BYTES - entry.name.length, 30);
  const mode = entry.isFolder ? FOLDER_MODE : FILE_MODE;
  record.writeUInt32LE(((mode << 16) | (entry.isFolder ? DOS_FOLDER : 0)) >>> 0, 38);
  record.writeUInt32LE(far ? ESCAPE_32 : offset, 42);
  record.set(entry.name, CENTRAL_BYTES);
  let at = writeTimeExtra(record, CENTRAL_BYTES + entry.name.length, entry.modifiedMs);
  if (!large && !far) return record;
  record.writeUInt16LE(1, at);
  record.writeUInt16LE(record.length - at - 4, at + 2);
  at += 4;
  for (const value of [...(large ? [entry.sizeBytes, entry.sizeBytes] : []), ...(far ? [offset] : [])]) {
    at = record.writeBigUInt64LE(BigInt(value), at);
  }
  return record;
}

/** Where the central directory stands. */
export interface ZipDirectory {
  readonly count: number;
  readonly offset: number;
  readonly lengthBytes: number;
}

/** What ends the file: the ZIP64 record and its locator where a number needs them (4.3.14, 4.3.15), then 4.3.16. */
export function endRecords({ count, offset, lengthBytes }: ZipDirectory): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, ESCAPE_16), 8);
  end.writeUInt16LE(Math.min(count, ESCAPE_16), 10);
  end.writeUInt32LE(Math.min(lengthBytes, ESCAPE_32), 12);
  end.writeUInt32LE(Math.min(offset, ESCAPE_32), 16);
  if (count < ESCAPE_16 && lengthBytes < ESCAPE_32 && offset < ESCAPE_32) return end;
  const wide = Buffer.alloc(56);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(44n, 4);
  wide.writeUInt16LE(MADE_BY, 12);
  wide.writeUInt16LE(VERSION_ZIP64, 14);
  for (const [index, value] of [count, count, lengthBytes, offset].entries()) {
    wide.writeBigUInt64LE(BigInt(value), 24 + 8 * index);
  }
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + lengthBytes), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([wide, locator, end]);
}

/** DOS times have two-second steps and begin with 1980 (4.4.6); theirs is the zone of the reader, ours UTC. */
function writeDosTime(target: Buffer, at: number, modifiedMs: number): void {
  const time = new Date(Math.min(Math.max(modifiedMs, Date.UTC(1980, 0, 1)), Date.UTC(2107, 11, 31)));
  target.writeUInt16LE((time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1), at);
  const day = ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
  target.writeUInt16LE(day, at + 2);
}

/** Answers where the next extra field begins. */
function writeTimeExtra(target: Buffer, at: number, modifiedMs: number): number {
  const seconds = Math.min(Math.max(Math.floor(modifiedMs / 1000), 0), 0x7fffffff);
  target.writeUInt16LE(0x5455, at);
  target.writeUInt16LE(TIME_EXTRA_BYTES - 4, at + 2);
  target.writeUInt8(1, at + 4);
  return target.writeInt32LE(seconds, at + 5);
}
