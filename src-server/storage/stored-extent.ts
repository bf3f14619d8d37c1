import { readFully } from '../platform/fs-durable.ts';
import type { FileSystem } from '../platform/fs-port.ts';
import { decodeHeader, type FoundHeader, frameStride, HEADER_BYTES_MAX } from './extent-format.ts';
import { findDamagedFrame } from './frame-codec.ts';

/** What the catalogue says of an extent's bytes. */
export interface StoredExtentFacts {
  readonly uid: Uint8Array;
  readonly offset: number;
  readonly headerLength: number;
  readonly storedLength: number;
  readonly plainLength: number;
  readonly codec: string;
}

/** Why stored bytes are not those that were written. */
class ExtentDamage extends Error {
  override readonly name = 'ExtentDamage';
  readonly code = 'DAMAGED';
}

/**
 * An extent's bytes as they stand, header and all, every CRC checked; needs no key.
 * Throws ExtentDamage, or the system's error.
 */
export async function readStoredExtent(fs: FileSystem, fd: number, facts: StoredExtentFacts): Promise<Buffer> {
  const bytes = Buffer.alloc(facts.headerLength + facts.storedLength);
  await readFully(fs, fd, bytes, facts.offset);
  const header = checkHeader(bytes.subarray(0, Math.min(bytes.length, HEADER_BYTES_MAX)), facts);
  const damaged = findDamagedFrame(header.uid, header.codec, header.plainLength, bytes.subarray(facts.headerLength));
  if (damaged !== undefined) throw new ExtentDamage(`frame ${damaged}`);
  return bytes;
}

/** The header of a stored extent, which must say the same as the catalogue. Throws ExtentDamage. */
function checkHeader(bytes: Buffer, facts: StoredExtentFacts): FoundHeader {
  const header = decodeHeader(bytes);
  if (header === undefined) throw new ExtentDamage('no intact header');
  const same =
    Buffer.compare(header.uid, facts.uid) === 0 &&
    header.headerLength === facts.headerLength &&
    header.storedLength === facts.storedLength &&
    header.plainLength === facts.plainLength &&
    header.codec === facts.codec;
  if (!same) throw new ExtentDamage('the header of another extent');
  return header;
}

const VERIFY_FRAMES = 16;

/** As `readStoredExtent`, keeping nothing: for large ones. Throws ExtentDamage, or the system's error. */
export async function verifyStoredExtent(fs: FileSystem, fd: number, facts: StoredExtentFacts): Promise<void> {
  const head = Buffer.alloc(facts.headerLength);
  await readFully(fs, fd, head, facts.offset);
  const { uid, codec, plainLength } = checkHeader(head, facts);
  const stride = frameStride(codec);
  const step = VERIFY_FRAMES * stride;
  const bytes = Buffer.allocUnsafe(Math.min(step, facts.storedLength));
  for (let at = 0; at < facts.storedLength; at += step) {
    const part = bytes.subarray(0, Math.min(step, facts.storedLength - at));
    await readFully(fs, fd, part, facts.offset + facts.headerLength + at);
    const damaged = findDamagedFrame(uid, codec, plainLength, part, at / stride);
    if (damaged !== undefined) throw new ExtentDamage(`frame ${damaged}`);
  }
}
