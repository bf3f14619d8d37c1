import type { ObjectKey } from '../domain/ids.ts';
import { parseObjectKey } from '../domain/object-key.ts';

/** The key that a question is about, where it is about one. Throws KeyTooLongError, InvalidURI. */
export function keyOfText(text: string | undefined): ObjectKey | undefined {
  return text === undefined ? undefined : parseObjectKey(text);
}
