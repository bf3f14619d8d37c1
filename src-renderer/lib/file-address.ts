/**
 * Folders in the address bar. A prefix is any text, but browsers and router tidy paths: `//`, `.`, `..`, control characters and
 * what percent signs hide would not survive. Those, and `~` itself, are written as `~` and two hex digits; an empty segment
 * is `~` alone. Everything else stands as it is.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold them
const UNSAFE = /[\u0000-\u001f\u007f%?#\\~]/g;

/** The path behind `/files/{bucket}/` for a prefix that is empty or ends with `/`. */
export function splatOf(prefix: string): string {
  if (prefix === '') return '';
  return prefix.slice(0, -1).split('/').map(escapeSegment).join('/');
}

/** The prefix that `splatOf` wrote. Any text is one: what nobody escaped stands for itself. */
export function prefixOf(splat: string): string {
  const trimmed = splat.replace(/\/$/, '');
  return trimmed === '' ? '' : `${trimmed.split('/').map(unescapeSegment).join('/')}/`;
}

/** The folder in which a key or folder stands. */
export function parentOf(name: string): string {
  return name.slice(0, name.slice(0, -1).lastIndexOf('/') + 1);
}

function escapeSegment(segment: string): string {
  if (segment === '') return '~';
  if (segment === '.' || segment === '..') return segment.replaceAll('.', '~2e');
  return segment.replaceAll(UNSAFE, (character) => `~${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function unescapeSegment(segment: string): string {
  if (segment === '~') return '';
  return segment.replaceAll(/~([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
