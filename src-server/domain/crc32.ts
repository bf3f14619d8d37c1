const POLYNOMIALS = { CRC32: 0xedb88320, CRC32C: 0x82f63b78 } as const;
const tables = new Map<number, Uint32Array>();

/**
 * CRC32 or CRC32C of a few kilobytes, big-endian, in plain JavaScript: for composite checksums, which are over the parts'
 * checksums only. Bodies are hashed in `storage/`.
 */
export function smallCrc32(algorithm: keyof typeof POLYNOMIALS, bytes: Uint8Array): Uint8Array {
  const table = tableOf(POLYNOMIALS[algorithm]);
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, ~crc >>> 0);
  return value;
}

function tableOf(polynomial: number): Uint32Array {
  const known = tables.get(polynomial);
  if (known !== undefined) return known;
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
  tables.set(polynomial, table);
  return table;
}
