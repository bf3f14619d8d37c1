import { readUserMetadata } from '../../db/tables/object-columns.ts';
import { findVersion } from '../../db/tables/object-version.ts';
import { readChecksum } from '../../domain/checksum.ts';
import type { BucketName, EpochMs, ETag, ObjectKey } from '../../domain/ids.ts';
import { readSourceTime } from '../../domain/source-time.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';

/** What stands under a key, as far as somebody who wants to write there must know it. */
export interface ProbedObject {
  readonly key: ObjectKey;
  readonly sizeBytes: number;
  readonly modifiedMs: EpochMs;
  /** When the file that it came from was changed; undefined where nobody said. */
  readonly sourceModifiedMs: number | undefined;
  readonly etag: ETag;
  /** Base64, of all bytes; undefined where another checksum is kept. */
  readonly crc64nvme: string | undefined;
}

/** The current objects of these keys, in the order asked for; keys without one are left out. Throws NoSuchBucket. */
export async function probeObjects(
  context: ServiceContext,
  bucketName: BucketName,
  keys: readonly ObjectKey[],
): Promise<ProbedObject[]> {
  const bucket = await requireBucket(context, bucketName);
  return context.catalogue.read(async (tx) => {
    const found: ProbedObject[] = [];
    for (const key of keys) {
      const row = await findVersion(tx, bucket.id, key, undefined);
      if (row === undefined || row.is_marker === 1) continue;
      found.push({
        key,
        sizeBytes: row.size,
        modifiedMs: row.modified_ms,
        sourceModifiedMs: readSourceTime(readUserMetadata(row.user_metadata)),
        etag: row.etag,
        crc64nvme: wholeCrc64(row.checksum),
      });
    }
    return found;
  });
}

function wholeCrc64(column: string | null): string | undefined {
  if (column === null) return undefined;
  const { algorithm, type, value } = readChecksum(column);
  return algorithm === 'CRC64NVME' && type === 'FULL_OBJECT' ? value : undefined;
}
