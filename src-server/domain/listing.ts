/**
 * Order and grouping of keys in a listing. S3 orders keys by their UTF-8 bytes, which is the order of their code points and
 * of the catalogue's text columns, but not of JavaScript's strings.
 */

const MAX_KEY_BYTES = 1024;

/** Greater than every key: four bytes of UTF-8 a character, and no key has more than 1,024 bytes. */
export const AFTER_ALL_KEYS = '\u{10ffff}'.repeat(MAX_KEY_BYTES / 4 + 1);

/** The first text after `key` in key order: a range from it begins behind the key. */
export function successorOf(key: string): string {
  return `${key}\0`;
}

/** The first text that is greater than everything with this prefix. */
export function endOfPrefix(prefix: string): string {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // Surrogates are no characters: they never stand in UTF-8.
    points.push(last === 0xd7ff ? 0xe000 : last + 1);
    return String.fromCodePoint(...points);
  }
  return AFTER_ALL_KEYS;
}

/** Negative where `a` comes before `b` in key order, 0 where they are equal. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** UTF-16 units in the order of the characters they belong to: surrogates stand for the greatest ones. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** What a listing is about. An empty delimiter groups nothing. */
export interface ListingScope {
  readonly prefix: string;
  readonly delimiter: string;
}

/** The common prefix that a key is shown under, from the listing's prefix to the next delimiter; undefined: as itself. */
export function commonPrefixOf(key: string, scope: ListingScope): string | undefined {
  if (scope.delimiter === '') return undefined;
  const at = key.indexOf(scope.delimiter, scope.prefix.length);
  return at < 0 ? undefined : key.slice(0, at + scope.delimiter.length);
}

/**
 * Where a page begins: the first key that may be in it.
 *
 * @param after marker, start-after or the last entry of the page before; it and the common prefix it belongs to are not shown
 */
export function firstKeyOf(scope: ListingScope, after: string): string {
  if (after === '' || compareKeys(after, scope.prefix) < 0) return scope.prefix;
  const group = after.startsWith(scope.prefix) ? commonPrefixOf(after, scope) : undefined;
  return group === undefined ? successorOf(after) : endOfPrefix(group);
}
