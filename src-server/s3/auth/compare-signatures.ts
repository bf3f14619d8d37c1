import { timingSafeEqual } from 'node:crypto';

/** Are two signatures (hex or base64 text) equal? Takes the same time wherever they differ; their length is no secret. */
export function signaturesEqual(computed: string, given: string): boolean {
  const a = Buffer.from(computed, 'latin1');
  const b = Buffer.from(given, 'latin1');
  return a.length === b.length && timingSafeEqual(a, b);
}
