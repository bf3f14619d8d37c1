import type { WriteRule } from '../contract/uploads.ts';
import { NO_CONDITION, type WriteCondition } from '../domain/conditions.ts';
import { NO_LOCK } from '../domain/lock.ts';
import { parseObjectHeaders } from '../domain/object-headers.ts';
import { sourceTimeMetadata } from '../domain/source-time.ts';
import type { ObjectAttributes } from '../services/objects/object-attributes.ts';

interface UploadedFacts {
  readonly contentType?: string | undefined;
  readonly sourceModifiedAtMs?: number | undefined;
}

/** What an object of a file that a browser sends has beside its bytes. Throws `Failure` for a type that could not be sent back. */
export function uploadedAttributes({ contentType, sourceModifiedAtMs }: UploadedFacts): ObjectAttributes {
  return {
    headers: parseObjectHeaders((name) => (name === 'content-type' ? contentType : undefined)),
    userMetadata: sourceTimeMetadata(sourceModifiedAtMs),
    tags: undefined,
    storageClass: 'STANDARD',
    encryption: undefined,
    lock: NO_LOCK,
  };
}

export function conditionOf(rule: WriteRule): WriteCondition {
  return rule === 'absent' ? { kind: 'absent' } : NO_CONDITION;
}
