import { listVersionParts, type VersionPart } from '../../db/tables/version-part.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { VersionId } from '../../domain/ids.ts';
import { shownVersionId } from '../../domain/versioning.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { requireVersion, type StoredObject, type VersionRef } from './stored-object.ts';

export interface PartPageRequest {
  /** Part number after which the page begins. */
  readonly after: number;
  readonly limit: number;
}

/** The parts of a multipart object. Undefined `parts`: AWS lists them only where they carry checksums. */
export interface PartPage {
  readonly count: number;
  readonly parts: readonly VersionPart[] | undefined;
  readonly isTruncated: boolean;
}

export interface ObjectAttributesFound {
  readonly object: StoredObject;
  readonly versionId: VersionId | undefined;
  /** Undefined where they were not asked for, or where the object was no multipart upload. */
  readonly partPage: PartPage | undefined;
}

/** The facts of a version, with a page of its parts on request. Throws NoSuchBucket, and as `requireVersion`. */
export async function getObjectAttributes(
  context: ServiceContext,
  ref: VersionRef,
  parts: PartPageRequest | undefined,
): Promise<ObjectAttributesFound> {
  const bucket = await requireBucket(context, ref.bucket);
  return context.catalogue.read(async (tx) => {
    const object = await requireVersion(tx, bucket.id, ref.key, ref.versionId);
    return {
      object,
      versionId: shownVersionId(bucket.versioning, object.versionId),
      partPage: parts === undefined ? undefined : await readParts(tx, object, parts),
    };
  });
}

async function readParts(tx: ReadTx, object: StoredObject, page: PartPageRequest): Promise<PartPage | undefined> {
  const { bodyId, partCount } = object;
  if (bodyId === null || partCount === null) return undefined;
  const rows = await listVersionParts(tx, bodyId, page.after, page.limit + 1);
  const parts = rows.slice(0, page.limit);
  const haveChecksums = rows.every((row) => row.checksum !== null);
  return {
    count: partCount,
    parts: haveChecksums ? parts : undefined,
    isTruncated: haveChecksums && rows.length > page.limit,
  };
}
