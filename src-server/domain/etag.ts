import type { ETag } from './ids.ts';

/** The entity tag of a body stored by one request: its MD5 in lower-case hex. */
export function etagOfMd5(md5: Uint8Array): ETag {
  if (md5.length !== 16) throw new Error('an MD5 has 16 bytes');
  // Minted here for single bodies; a multipart object's `md5-N` is minted where its parts are joined.
  return Buffer.from(md5.buffer, md5.byteOffset, md5.byteLength).toString('hex') as ETag;
}

/** As headers and XML show an entity tag. */
export function quoteETag(etag: ETag): string {
  return `"${etag}"`;
}

/** What If-Match, If-None-Match and the like name: any existing version, or one of these tags. */
export type ETagCondition = { readonly kind: 'any' } | { readonly kind: 'listed'; readonly tags: readonly string[] };

/**
 * Reads the value of an entity-tag condition. Quotes are optional, as on AWS (clients leave them out); a weak prefix
 * is ignored, because our tags are all strong and compare the same either way (RFC 9110 §13.1).
 */
export function parseETagCondition(text: string): ETagCondition {
  const trimmed = text.trim();
  if (trimmed === '*') return { kind: 'any' };
  return { kind: 'listed', tags: trimmed.split(',').map(bareTag) };
}

function bareTag(part: string): string {
  const strong = part.trim().replace(/^W\//, '');
  return strong.length >= 2 && strong.startsWith('"') && strong.endsWith('"') ? strong.slice(1, -1) : strong;
}

/** Does the condition name this tag? Tags are hex, so letter case decides, as on AWS. */
export function matchesETag(condition: ETagCondition, etag: ETag): boolean {
  return condition.kind === 'any' || condition.tags.includes(etag);
}
