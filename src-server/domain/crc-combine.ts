/**
 * The CRC of joined bytes from the CRCs of the pieces, without the bytes (S3's full-object checksums).
 *
 * A CRC is a remainder of polynomials over GF(2), so crc(A‖B) = crc(A)·x^(8·|B|) mod P, plus crc(B): for CRCs that start
 * from all ones and end with all ones inverted, as the three below, those constants cancel out.
 * Everything is in the reflected bit order of these CRCs: the highest bit is x^0. A polynomial is two 32-bit words, and a
 * 32-bit one keeps its low word 0.
 */
export type LinearAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME';

interface Ring {
  readonly bytes: 4 | 8;
  readonly polynomialHigh: number;
  readonly polynomialLow: number;
  /** `powers[k]` is x^(8·2^k) mod P, made when first needed. */
  readonly powers: Word[];
}
interface Word {
  readonly high: number;
  readonly low: number;
}

const RINGS: Readonly<Record<LinearAlgorithm, Ring>> = {
  CRC32: { bytes: 4, polynomialHigh: 0xedb88320, polynomialLow: 0, powers: [] },
  CRC32C: { bytes: 4, polynomialHigh: 0x82f63b78, polynomialLow: 0, powers: [] },
  CRC64NVME: { bytes: 8, polynomialHigh: 0x9a6c9329, polynomialLow: 0xac4bc9b5, powers: [] },
};

/** One piece: its CRC in big-endian bytes, as S3 sends it, and its length. */
export interface CrcPiece {
  readonly crc: Uint8Array;
  readonly sizeBytes: number;
}

/** Is this an algorithm whose part values combine to the value of the whole? */
export function isLinearAlgorithm(algorithm: string): algorithm is LinearAlgorithm {
  return algorithm in RINGS;
}

/**
 * The CRC of all pieces one after another, big-endian. No piece: the CRC of no bytes, which is 0.
 * @throws RangeError where a piece's CRC has not the algorithm's width
 */
export function combineCrcs(algorithm: LinearAlgorithm, pieces: Iterable<CrcPiece>): Uint8Array {
  const ring = RINGS[algorithm];
  let whole: Word = { high: 0, low: 0 };
  for (const piece of pieces) {
    const crc = readWord(ring, piece.crc);
    const shifted = shiftByBytes(ring, whole, piece.sizeBytes);
    whole = { high: (shifted.high ^ crc.high) >>> 0, low: (shifted.low ^ crc.low) >>> 0 };
  }
  return writeWord(ring, whole);
}

function readWord(ring: Ring, crc: Uint8Array): Word {
  if (crc.byteLength !== ring.bytes) throw new RangeError(`a CRC of ${crc.byteLength} bytes, not ${ring.bytes}`);
  const view = new DataView(crc.buffer, crc.byteOffset, crc.byteLength);
  return { high: view.getUint32(0), low: ring.bytes === 8 ? view.getUint32(4) : 0 };
}

function writeWord(ring: Ring, word: Word): Uint8Array {
  const crc = new Uint8Array(ring.bytes);
  const view = new DataView(crc.buffer);
  view.setUint32(0, word.high);
  if (ring.bytes === 8) view.setUint32(4, word.low);
  return crc;
}

/** value · x^(8·count): what `count` zero bytes behind it would make of it. */
function shiftByBytes(ring: Ring, value: Word, count: number): Word {
  let shifted = value;
  // Division, not shifts: lengths pass 2^32.
  for (let rest = count, bit = 0; rest > 0; rest = Math.floor(rest / 2), bit++) {
    if (rest % 2 === 1) shifted = multiply(ring, powerOf(ring, bit), shifted);
  }
  return shifted;
}

function powerOf(ring: Ring, bit: number): Word {
  for (let made = ring.powers.length; made <= bit; made++) {
    const before = ring.powers[made - 1];
    // x^8 has its one bit eight places below the highest.
    ring.powers.push(before === undefined ? { high: 0x00800000, low: 0 } : multiply(ring, before, before));
  }
  const power = ring.powers[bit];
  if (power === undefined) throw new RangeError(`no power ${bit}`);
  return power;
}

/** a · b mod P: adds b·x^i for each term x^i of a. */
function multiply(ring: Ring, a: Word, b: Word): Word {
  let { high: termsHigh, low: termsLow } = a;
  let { high: factorHigh, low: factorLow } = b;
  let high = 0;
  let low = 0;
  const isWide = ring.bytes === 8;
  while ((termsHigh | termsLow) !== 0) {
    if (termsHigh >>> 31 === 1) {
      high ^= factorHigh;
      low ^= factorLow;
    }
    termsHigh = (termsHigh << 1) | (termsLow >>> 31);
    termsLow <<= 1;
    const overflows = ((isWide ? factorLow : factorHigh) & 1) === 1;
    if (isWide) factorLow = (factorLow >>> 1) | (factorHigh << 31);
    factorHigh >>>= 1;
    if (overflows) {
      factorHigh ^= ring.polynomialHigh;
      factorLow ^= ring.polynomialLow;
    }
  }
  return { high: high >>> 0, low: low >>> 0 };
}
