import { readFully } from '../platform/fs-durable.ts';
import type { FileSystem } from '../platform/fs-port.ts';
import { decodeHeader, type FoundHeader, HEADER_BYTES_MAX } from './extent-format.ts';
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
export class ExtentDamage extends Error {
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
export function checkHeader(bytes: Buffer, facts: StoredExtentFacts): FoundHeader {
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
