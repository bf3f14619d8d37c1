import { MIN_PASSPHRASE_LENGTH } from '../../../src-server/contract/configuration.ts';

export type Strength = 'short' | 'weak' | 'fair' | 'good' | 'strong';

const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/\p{Ll}/u, 26],
  [/\p{Lu}/u, 26],
  [/\p{N}/u, 10],
  [/[^\p{L}\p{N}]/u, 20],
];
/** A letter of a word says less than one thrown with dice: words of a language have about two bits a letter. */
const WORD_SHARE = 0.45;

/**
 * A careful guess at how hard a passphrase is to try out, in words. Signs that repeat or follow in a row count little, letters
 * as parts of words.
 */
export function strengthOf(passphrase: string): Strength {
  if (passphrase.length < MIN_PASSPHRASE_LENGTH) return 'short';
  const signs = CLASSES.filter(([sign]) => sign.test(passphrase)).reduce((sum, [, size]) => sum + size, 0);
  const bits = countingLength(passphrase) * Math.log2(Math.max(signs, 2)) * WORD_SHARE;
  if (bits < 24) return 'weak';
  if (bits < 40) return 'fair';
  return bits < 60 ? 'good' : 'strong';
}

/** How many signs say something new: no repetition, no step up or down from the one before, no sign used many times. */
function countingLength(text: string): number {
  const seen = new Map<string, number>();
  let length = 0;
  let before = Number.NaN;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    const isRun = Math.abs(code - before) <= 1;
    const times = (seen.get(sign) ?? 0) + 1;
    seen.set(sign, times);
    before = code;
    if (!isRun && times <= 3) length += 1;
  }
  return length;
}
