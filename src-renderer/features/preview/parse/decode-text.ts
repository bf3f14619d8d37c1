interface DecodedText {
  readonly text: string;
  /** Bytes that are no text: nothing of it is worth showing. */
  readonly isBinary: boolean;
}

const LOOKED_AT_BYTES = 8192;

/**
 * Reads bytes as text: by their byte-order mark, else as UTF-8, and as Windows-1252 what is no UTF-8. A character that the
 * end of the bytes cuts is left out.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: decode('utf-16le', bytes), isBinary: false };
  if (first === 0xfe && second === 0xff) return { text: decode('utf-16be', bytes), isBinary: false };
  if (bytes.subarray(0, LOOKED_AT_BYTES).includes(0)) return { text: '', isBinary: true };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }), isBinary: false };
  } catch {
    return { text: decode('windows-1252', bytes), isBinary: false };
  }
}

function decode(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes, { stream: true });
}
