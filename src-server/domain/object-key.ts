import { Failure } from './failure.ts';
import type { ObjectKey } from './ids.ts';

/** AWS's limit on a key's UTF-8 form. */
export const MAX_KEY_BYTES = 1024;

/**
 * Mints an object key from decoded text. Every key is itself: `a`, `a/`, `a//b` and `..` are four keys.
 * Throws KeyTooLongError, or InvalidURI where the text is empty or not valid Unicode.
 */
export function parseObjectKey(text: string): ObjectKey {
  if (text.length === 0 || !text.isWellFormed()) throw new Failure('InvalidURI');
  if (text.length > MAX_KEY_BYTES || (text.length > MAX_KEY_BYTES / 3 && Buffer.byteLength(text) > MAX_KEY_BYTES)) {
    throw new Failure('KeyTooLongError', undefined, {
      fields: { Size: String(Buffer.byteLength(text)), MaxSizeAllowed: String(MAX_KEY_BYTES) },
    });
  }
  // The one place that mints keys: length and encoding were checked above.
  return text as ObjectKey;
}
