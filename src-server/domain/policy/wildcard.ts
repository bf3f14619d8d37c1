/** One piece of a pattern: literal text, any one character, or any run of characters. */
export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'any' };

/** A compiled pattern of `*` and `?`. What was put in for a policy variable is literal text, whatever it contains. */
export type Pattern = readonly PatternPart[];

/** Compiles text in which `*` is any run of characters and `?` any one. */
export function parsePattern(text: string): Pattern {
  const parts: PatternPart[] = [];
  for (const piece of text.split(/([*?])/)) {
    if (piece === '') continue;
    if (piece === '*') parts.push({ kind: 'any' });
    else if (piece === '?') parts.push({ kind: 'one' });
    else parts.push({ kind: 'text', text: piece });
  }
  return parts;
}

/**
 * Does the whole text match? Linear in the text for each `*` (the last `*` alone is gone back to), so that no pattern is
 * slow on any text.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  let part = 0;
  let at = 0;
  let retryPart = -1;
  let retryAt = 0;
  for (;;) {
    const current = pattern[part];
    if (current === undefined && at === text.length) return true;
    if (current?.kind === 'any') {
      part += 1;
      retryPart = part;
      retryAt = at;
      continue;
    }
    const width = current === undefined ? 0 : widthAt(current, text, at);
    if (width > 0) {
      part += 1;
      at += width;
      continue;
    }
    if (retryPart === -1 || retryAt >= text.length) return false;
    retryAt += 1;
    part = retryPart;
    at = retryAt;
  }
}

/** How many characters of the text this part takes there; 0: it does not match. */
function widthAt(part: Exclude<PatternPart, { kind: 'any' }>, text: string, at: number): number {
  if (part.kind === 'text') return text.startsWith(part.text, at) ? part.text.length : 0;
  const point = text.codePointAt(at);
  if (point === undefined) return 0;
  return point > 0xffff ? 2 : 1;
}
