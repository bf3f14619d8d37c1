import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { crc32c } from '@node-rs/crc32';
import type { ExtentCodec } from './body-store.ts';
import { CRC_BYTES, FRAME_BYTES, frameCount, frameStride, TAG_BYTES, trailerLength } from './extent-format.ts';

const EXTENT_KEY_LABEL = 'stowage extent 1';
const UID_BYTES = 16;
const NONCE_BYTES = 12;
/** AES blocks are encrypted in pieces of this size: outputs stay small enough for the allocator's cheap path (measured: 1.6 x). */
const CIPHER_PIECE_BYTES = 32_768;

/** Seals and opens the frames of one extent. Not thread-safe within one instance; cheap to make. */
export class FrameCodec {
  readonly codec: ExtentCodec;
  readonly #key: KeyObject | undefined;
  /** uid, frame number, last flag: authenticated with the frame, and what its CRC starts from. */
  readonly #context = Buffer.allocUnsafe(UID_BYTES + 5);
  readonly #nonce: Buffer | undefined;

  /** @param dataKey the plain data key of the version, or undefined where bytes are stored as they are */
  constructor(uid: Uint8Array, dataKey: Uint8Array | undefined) {
    this.codec = dataKey === undefined ? 'plain' : 'aes-256-gcm';
    this.#key = dataKey === undefined ? undefined : deriveExtentKey(dataKey, uid);
    this.#nonce = dataKey === undefined ? undefined : Buffer.alloc(NONCE_BYTES);
    this.#context.set(uid);
  }

  /**
   * Encrypts (where it has a key) the payload at `bytes[0, payloadLength)` in place and writes the trailer behind it.
   * `bytes` must reach to the trailer's end.
   */
  seal(bytes: Buffer, payloadLength: number, frame: number, last: boolean): void {
    this.#enter(frame, last);
    let end = payloadLength;
    if (this.#key !== undefined && this.#nonce !== undefined) {
      const cipher = createCipheriv('aes-256-gcm', this.#key, this.#nonce);
      cipher.setAAD(this.#context);
      for (let at = 0; at < payloadLength; at += CIPHER_PIECE_BYTES) {
        bytes.set(cipher.update(bytes.subarray(at, Math.min(at + CIPHER_PIECE_BYTES, payloadLength))), at);
      }
      cipher.final();
      bytes.set(cipher.getAuthTag(), end);
      end += TAG_BYTES;
    }
    bytes.writeUInt32LE(crc32c(bytes.subarray(0, end), crc32c(this.#context)), end);
  }

  /** True if the stored bytes of the frame (payload, tag, CRC) are those that were sealed at this place. Needs no key. */
  check(bytes: Buffer, payloadLength: number, frame: number, last: boolean, codec: ExtentCodec = this.codec): boolean {
    this.#enter(frame, last);
    const end = payloadLength + trailerLength(codec) - CRC_BYTES;
    return bytes.readUInt32LE(end) === crc32c(bytes.subarray(0, end), crc32c(this.#context));
  }

  /** `check`, then decrypts in place where it has a key. False = damage: nothing in `bytes` may be used. */
  open(bytes: Buffer, payloadLength: number, frame: number, last: boolean): boolean {
    if (!this.check(bytes, payloadLength, frame, last)) return false;
    if (this.#key === undefined || this.#nonce === undefined) return true;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, this.#nonce);
    decipher.setAAD(this.#context);
    decipher.setAuthTag(bytes.subarray(payloadLength, payloadLength + TAG_BYTES));
    for (let at = 0; at < payloadLength; at += CIPHER_PIECE_BYTES) {
      bytes.set(decipher.update(bytes.subarray(at, Math.min(at + CIPHER_PIECE_BYTES, payloadLength))), at);
    }
    try {
      decipher.final();
      return true;
    } catch {
      // OpenSSL says only "unable to authenticate data": another key, or altered bytes with a CRC to match.
      return false;
    }
  }

  #enter(frame: number, last: boolean): void {
    this.#context.writeUInt32BE(frame, UID_BYTES);
    this.#context.writeUInt8(last ? 1 : 0, UID_BYTES + 4);
    this.#nonce?.writeUInt32BE(frame, NONCE_BYTES - 4);
  }
}

function deriveExtentKey(dataKey: Uint8Array, uid: Uint8Array): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, uid, EXTENT_KEY_LABEL, 32)));
}

/** One frame of an extent: where its payload stands behind the header, how long it is, and whether it is the last. */
export interface FramePlace {
  readonly frame: number;
  readonly storedOffset: number;
  readonly payloadLength: number;
  readonly last: boolean;
}

/** The place of frame number `frame` of an extent of `plainLength` bytes. */
export function framePlace(frame: number, plainLength: number, codec: ExtentCodec): FramePlace {
  const last = frame === frameCount(plainLength) - 1;
  const payloadLength = last ? plainLength - frame * FRAME_BYTES : FRAME_BYTES;
  return { frame, storedOffset: frame * frameStride(codec), payloadLength, last };
}

/**
 * Checks the CRCs of all frames in `stored`, which begins with frame `firstFrame` and holds whole frames.
 * @returns the number of the first damaged frame, or undefined
 */
export function findDamagedFrame(
  uid: Uint8Array,
  codec: ExtentCodec,
  plainLength: number,
  stored: Buffer,
  firstFrame = 0,
): number | undefined {
  const frames = new FrameCodec(uid, undefined);
  const start = firstFrame * frameStride(codec);
  for (let frame = firstFrame; frame < frameCount(plainLength); frame += 1) {
    const place = framePlace(frame, plainLength, codec);
    const at = place.storedOffset - start;
    if (at >= stored.length) return undefined;
    const end = at + place.payloadLength + trailerLength(codec);
    if (end > stored.length) return frame;
    if (!frames.check(stored.subarray(at, end), place.payloadLength, frame, place.last, codec)) return frame;
  }
  return undefined;
}
