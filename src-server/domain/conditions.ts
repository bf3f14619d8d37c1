import { type ETagCondition, matchesETag, parseETagCondition } from './etag.ts';
import { Failure } from './failure.ts';
import type { EpochMs, ETag } from './ids.ts';

/** Conditions of a read, or of a copy on its source. Times in milliseconds since 1970. */
export interface ReadConditions {
  readonly ifMatch: ETagCondition | undefined;
  readonly ifNoneMatch: ETagCondition | undefined;
  readonly ifModifiedSinceMs: number | undefined;
  readonly ifUnmodifiedSinceMs: number | undefined;
}

/** What a condition is held against. */
export interface Validators {
  readonly etag: ETag;
  readonly modifiedMs: EpochMs;
}

export type ReadVerdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'failed'; readonly condition: string };

const PASS: ReadVerdict = { kind: 'pass' };
const NOT_MODIFIED: ReadVerdict = { kind: 'not-modified' };

/**
 * RFC 9110 §13.2.2, as AWS documents it for GetObject: a true If-Match overrides If-Unmodified-Since, a present
 * If-None-Match overrides If-Modified-Since. Dates compare in whole seconds, which is what Last-Modified shows.
 */
export function evaluateRead(conditions: ReadConditions, validators: Validators): ReadVerdict {
  const { ifMatch, ifNoneMatch, ifModifiedSinceMs, ifUnmodifiedSinceMs } = conditions;
  const modified = Math.floor(validators.modifiedMs / 1000) * 1000;
  if (ifMatch !== undefined) {
    if (!matchesETag(ifMatch, validators.etag)) return { kind: 'failed', condition: 'If-Match' };
  } else if (ifUnmodifiedSinceMs !== undefined && modified > ifUnmodifiedSinceMs) {
    return { kind: 'failed', condition: 'If-Unmodified-Since' };
  }
  if (ifNoneMatch !== undefined) return matchesETag(ifNoneMatch, validators.etag) ? NOT_MODIFIED : PASS;
  return ifModifiedSinceMs !== undefined && modified <= ifModifiedSinceMs ? NOT_MODIFIED : PASS;
}

/** What must hold of a key's current version when it is written. Cloneable: it crosses to the command. */
export type WriteCondition =
  | { readonly kind: 'none' }
  /** If-None-Match: * */
  | { readonly kind: 'absent' }
  /** If-Match with tags. */
  | { readonly kind: 'matches'; readonly tags: readonly string[] };

export const NO_CONDITION: WriteCondition = { kind: 'none' };

/**
 * Reads the conditions of PutObject, CopyObject and CompleteMultipartUpload. AWS takes `*` alone in If-None-Match and tags
 * alone in If-Match, one of the two headers, and answers 501 to everything else.
 *
 * @throws Failure NotImplemented
 */
export function parseWriteCondition(ifMatch: string | undefined, ifNoneMatch: string | undefined): WriteCondition {
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    throw notImplemented('If-Match,If-None-Match', 'Multiple conditional request headers present in the request');
  }
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() !== '*') throw notAccepted('If-None-Match');
    return { kind: 'absent' };
  }
  if (ifMatch === undefined) return NO_CONDITION;
  const condition = parseETagCondition(ifMatch);
  if (condition.kind === 'any') throw notAccepted('If-Match');
  return { kind: 'matches', tags: condition.tags };
}

function notAccepted(header: string): Failure {
  return notImplemented(header, `We don't accept the provided value of ${header} header for this API`);
}

function notImplemented(header: string, additionalMessage: string): Failure {
  return new Failure('NotImplemented', undefined, { fields: { Header: header, additionalMessage } });
}

/**
 * Holds a write's condition against the object that stands. A delete marker counts as none.
 *
 * @param etag of the current version, undefined where there is no object
 * @throws Failure PreconditionFailed, or NoSuchKey where If-Match finds no object
 */
export function checkWriteCondition(condition: WriteCondition, etag: ETag | undefined, key: string): void {
  switch (condition.kind) {
    case 'none':
      return;
    case 'absent':
      if (etag !== undefined) throw preconditionFailed('If-None-Match');
      return;
    case 'matches':
      if (etag === undefined) throw new Failure('NoSuchKey', undefined, { fields: { Key: key } });
      if (!condition.tags.includes(etag)) throw preconditionFailed('If-Match');
  }
}

/** AWS names the header that did not hold. */
export function preconditionFailed(condition: string): Failure {
  return new Failure('PreconditionFailed', undefined, { fields: { Condition: condition } });
}

/** The newest version of a key, as far as a conditional delete looks at it. */
export type DeleteTarget = { readonly kind: 'object'; readonly etag: ETag } | { readonly kind: 'marker' | 'absent' };

/**
 * Holds If-Match of DeleteObject, or the ETag of one key of DeleteObjects, against the key's current version, which is
 * the only one AWS evaluates it on. `undefined` asks nothing.
 *
 * @throws Failure PreconditionFailed, or NoSuchKey where the key has no version at all
 */
export function checkDeleteCondition(condition: ETagCondition | undefined, target: DeleteTarget, key: string): void {
  if (condition === undefined) return;
  if (target.kind === 'absent') throw new Failure('NoSuchKey', undefined, { fields: { Key: key } });
  if (target.kind !== 'object' || !matchesETag(condition, target.etag)) throw preconditionFailed('If-Match');
}
