import { addToCrc64, crc64Text, startCrc64 } from './crc64.ts';

/** Longer keys are no keys, in UTF-8 (S3). */
const KEY_MAX_BYTES = 1024;
const FOLDER_MAX_BYTES = 700;
const ENDING_MAX_BYTES = 32;

/** Why a name cannot be a key, in the server's words; undefined where it can. */
export function keyFault(key: string): 'KeyTooLongError' | 'InvalidURI' | undefined {
  if (!key.isWellFormed()) return 'InvalidURI';
  return bytesOf(key) > KEY_MAX_BYTES ? 'KeyTooLongError' : undefined;
}

/**
 * The nearest name that can be a key: broken characters replaced, folders and name cut to length, the ending kept. What was cut
 * gets a mark of its own, so that two long names stay two.
 */
export function fittingKey(key: string): string {
  const whole = key.toWellFormed();
  if (keyFault(whole) === undefined) return whole;
  const slash = whole.lastIndexOf('/', whole.length - 2) + 1;
  const folder = cut(whole.slice(0, slash), FOLDER_MAX_BYTES).replace(/[^/]*$/, '');
  const name = whole.slice(slash);
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && bytesOf(name.slice(dot)) <= ENDING_MAX_BYTES ? name.slice(dot) : '';
  const tail = `~${markOf(whole)}${ending}`;
  return (
    folder + cut(name.slice(0, name.length - ending.length), KEY_MAX_BYTES - bytesOf(folder) - bytesOf(tail)) + tail
  );
}

function markOf(text: string): string {
  const state = startCrc64();
  addToCrc64(state, new TextEncoder().encode(text));
  return crc64Text(state)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 8);
}

/** As many whole characters as fit. */
function cut(text: string, maxBytes: number): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= maxBytes) return text;
  return new TextDecoder().decode(bytes.subarray(0, maxBytes)).replace(/\uFFFD+$/, '');
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
