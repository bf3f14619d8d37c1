import { Failure } from './failure.ts';

/**
 * Header values as node:http hands them out and takes them: one character per byte of the wire (ISO-8859-1).
 * What a person wrote in them is UTF-8 or RFC 2047 encoded words.
 */

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ABOVE_ASCII = /[^\0-\x7f]/;
const PRINTABLE = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;
const ENCODED_WORD = /=\?([^?\s]{1,40})\?([bBqQ])\?([^?\s]*)\?=/g;
/** White space between two encoded words belongs to neither (RFC 2047 §6.2). */
const BETWEEN_WORDS = /(=\?[^?\s]{1,40}\?[bBqQ]\?[^?\s]*\?=)[ \t]+(?==\?[^?\s]{1,40}\?[bBqQ]\?[^?\s]*\?=)/g;

/** The text of a header value: encoded words decoded, else its bytes read as UTF-8, else as ISO-8859-1. */
export function decodeHeaderText(raw: string): string {
  const text = ABOVE_ASCII.test(raw) ? decodeUtf8(raw) : raw;
  if (!text.includes('=?')) return text;
  return text
    .replace(BETWEEN_WORDS, '$1')
    .replace(ENCODED_WORD, (word, charset: string, encoding: string, payload: string) => {
      const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(payload, 'base64') : decodeQ(payload);
      return decodeCharset(charset, bytes) ?? word;
    });
}

function decodeUtf8(raw: string): string {
  try {
    return UTF8.decode(Buffer.from(raw, 'latin1'));
  } catch {
    return raw;
  }
}

function decodeQ(payload: string): Buffer {
  const bytes = payload.replaceAll('_', ' ').replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => {
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
  return Buffer.from(bytes, 'latin1');
}

function decodeCharset(charset: string, bytes: Buffer): string | undefined {
  switch (charset.toLowerCase()) {
    case 'utf-8':
    case 'utf8':
    case 'us-ascii':
      try {
        return UTF8.decode(bytes);
      } catch {
        return undefined;
      }
    case 'iso-8859-1':
      return bytes.toString('latin1');
    default:
      return undefined;
  }
}

/** Bytes of UTF-8 in one encoded word: RFC 2047 §2 allows 75 characters, of which `=?UTF-8?B?` and `?=` are twelve. */
const WORD_BYTES = 45;

/**
 * A value for a response header: printable ASCII as it stands, everything else as RFC 2047 words of base64, which is how AWS
 * answers metadata that is not ASCII. So no stored text can break out of its header.
 */
export function encodeHeaderText(text: string): string {
  if (PRINTABLE.test(text)) return text;
  const words: string[] = [];
  let word = '';
  let bytes = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (bytes + size > WORD_BYTES) {
      words.push(word);
      word = '';
      bytes = 0;
    }
    word += character;
    bytes += size;
  }
  words.push(word);
  return words.map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
}

const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * A value that goes back into a header byte for byte: from a query (`response-*`) or a stored header.
 *
 * @param name of the parameter, for the answer
 * @throws Failure InvalidArgument where it cannot stand in a header
 */
export function checkedHeaderValue(name: string, value: string): string {
  if (SENDABLE.test(value)) return value;
  throw new Failure('InvalidArgument', 'Header value cannot be represented using ISO-8859-1.', {
    fields: { ArgumentName: name, ArgumentValue: value },
  });
}
