import { findVersion } from '../../db/tables/object-version.ts';
import type { ReadTx } from '../../db/tx.ts';
import { evaluateRead, preconditionFailed, type ReadConditions } from '../../domain/conditions.ts';
import type { CopySource } from '../../domain/copy-source.ts';
import { Failure } from '../../domain/failure.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import { requireVersion, type StoredObject } from './stored-object.ts';

/**
 * Reads the object that a copy takes its bytes from, and holds the copy's conditions against it. Every condition that does
 * not hold is a 412 here: a copy has no "not modified" (AWS: CopyObject).
 *
 * @throws Failure NoSuchKey, NoSuchVersion, InvalidRequest (a delete marker by id), PreconditionFailed
 */
export async function requireCopySource(
  tx: ReadTx,
  bucket: Bucket,
  source: CopySource,
  conditions: ReadConditions,
): Promise<StoredObject> {
  if (source.versionId !== undefined) {
    const row = await findVersion(tx, bucket.id, source.key, source.versionId);
    if (row?.is_marker === 1) {
      throw new Failure(
        'InvalidRequest',
        'The source of a copy request may not specifically refer to a delete marker by version id.',
      );
    }
  }
  const object = await requireVersion(tx, bucket.id, source.key, source.versionId);
  const verdict = evaluateRead(conditions, object);
  if (verdict.kind === 'failed') throw preconditionFailed(`x-amz-copy-source-${verdict.condition}`);
  if (verdict.kind === 'not-modified') {
    const name = conditions.ifNoneMatch === undefined ? 'If-Modified-Since' : 'If-None-Match';
    throw preconditionFailed(`x-amz-copy-source-${name}`);
  }
  return object;
}
