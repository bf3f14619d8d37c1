/** The few DER encodings (X.690) that a certificate needs. Each function answers one complete element. */

const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
};

export function derElement(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length > 0xff ? [0x82, length >> 8, length & 0xff] : [0x81, length];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}

export function derSequence(...elements: readonly Uint8Array[]): Buffer {
  return derElement(TAG.sequence, Buffer.concat(elements));
}

export function derSet(...elements: readonly Uint8Array[]): Buffer {
  return derElement(TAG.set, Buffer.concat(elements));
}

/** A positive integer from its big-endian bytes. */
export function derInteger(bytes: Uint8Array): Buffer {
  const positive = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
  return derElement(TAG.integer, positive);
}

export function derBitString(content: Uint8Array, unusedBits = 0): Buffer {
  return derElement(TAG.bitString, Buffer.concat([Buffer.from([unusedBits]), content]));
}

export function derOctetString(content: Uint8Array): Buffer {
  return derElement(TAG.octetString, content);
}

export function derUtf8(text: string): Buffer {
  return derElement(TAG.utf8, Buffer.from(text));
}

/** An object identifier from its dotted form. */
export function derOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return derElement(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

/** A time in the form that RFC 5280 wants for its year, to the second. */
export function derTime(epochMs: number): Buffer {
  const iso = new Date(epochMs).toISOString();
  const digits = `${iso.replaceAll(/[-:T]|\.\d+Z/g, '')}Z`;
  return Number(iso.slice(0, 4)) < 2050
    ? derElement(TAG.utcTime, Buffer.from(digits.slice(2)))
    : derElement(TAG.generalizedTime, Buffer.from(digits));
}
