/**
 * CRC-64/NVME, the checksum that S3 keeps of whole objects, eight bytes a step over two 32-bit halves. Plain JavaScript,
 * because the page's policy compiles no WebAssembly, and SubtleCrypto is there on HTTPS only.
 */

const POLYNOMIAL_HIGH = 0x9a6c9329;
const POLYNOMIAL_LOW = 0xac4bc9b5;
const STEP = 8;

/** The state of a CRC under way: two signed 32-bit halves. */
interface Crc64 {
  high: number;
  low: number;
}

const HIGH = new Int32Array(STEP * 256);
const LOW = new Int32Array(STEP * 256);
fillTables();

export function startCrc64(): Crc64 {
  return { high: -1, low: -1 };
}

/** Adds bytes to the CRC. */
export function addToCrc64(state: Crc64, bytes: Uint8Array): void {
  let { high, low } = state;
  const wholeEnd = bytes.byteLength - (bytes.byteLength % STEP);
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < wholeEnd; at += STEP) {
    const a = low ^ words.getInt32(at, true);
    const b = high ^ words.getInt32(at + 4, true);
    const i0 = 1792 + (a & 255);
    const i1 = 1536 + ((a >>> 8) & 255);
    const i2 = 1280 + ((a >>> 16) & 255);
    const i3 = 1024 + (a >>> 24);
    const i4 = 768 + (b & 255);
    const i5 = 512 + ((b >>> 8) & 255);
    const i6 = 256 + ((b >>> 16) & 255);
    const i7 = b >>> 24;
    low = at32(LOW, i0) ^ at32(LOW, i1) ^ at32(LOW, i2) ^ at32(LOW, i3);
    low ^= at32(LOW, i4) ^ at32(LOW, i5) ^ at32(LOW, i6) ^ at32(LOW, i7);
    high = at32(HIGH, i0) ^ at32(HIGH, i1) ^ at32(HIGH, i2) ^ at32(HIGH, i3);
    high ^= at32(HIGH, i4) ^ at32(HIGH, i5) ^ at32(HIGH, i6) ^ at32(HIGH, i7);
  }
  for (let at = wholeEnd; at < bytes.byteLength; at += 1) {
    const index = (low ^ words.getUint8(at)) & 255;
    low = ((low >>> 8) | (high << 24)) ^ at32(LOW, index);
    high = (high >>> 8) ^ at32(HIGH, index);
  }
  state.high = high;
  state.low = low;
}

/** The value as S3 writes it: base64 of eight bytes, the greatest first. */
export function crc64Text({ high, low }: Crc64): string {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, ~high);
  view.setInt32(4, ~low);
  return toBase64(bytes);
}

/** Base64 of a few bytes. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** The bytes of base64. Throws for what is none. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The tables are full: every index that is asked for is there. */
function at32(table: Int32Array, index: number): number {
  return table[index] as number;
}

/** Table k: what a byte does to the CRC when k more bytes follow it. */
function fillTables(): void {
  for (let byte = 0; byte < 256; byte += 1) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit += 1) {
      const odd = (low & 1) === 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        high ^= POLYNOMIAL_HIGH;
        low ^= POLYNOMIAL_LOW;
      }
    }
    HIGH[byte] = high;
    LOW[byte] = low;
  }
  for (let at = 256; at < STEP * 256; at += 1) {
    const high = at32(HIGH, at - 256);
    const low = at32(LOW, at - 256);
    const index = low & 255;
    LOW[at] = ((low >>> 8) | (high << 24)) ^ at32(LOW, index);
    HIGH[at] = (high >>> 8) ^ at32(HIGH, index);
  }
}
