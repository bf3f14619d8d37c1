import type { PutObjectInput } from '../../src-server/commands/put-object.ts';
import { SqliteCatalogue } from '../../src-server/db/sqlite/sqlite-catalogue.ts';
import type { BucketId, BucketName, EpochMs, ETag, ObjectKey, UserId, VersionId } from '../../src-server/domain/ids.ts';
import type { EngineHost } from '../../src-server/engine/engine-host.ts';

/** Lengths of an extent of 4 KiB, as the body store makes it. */
const HEADER_BYTES = 196;
const STORED_BYTES = 4100;
export const PUT_FRAME_BYTES = HEADER_BYTES + STORED_BYTES;
const PLAIN_BYTES = 4096;

export interface PutScene {
  readonly bucketId: BucketId;
  readonly ownerId: UserId;
}

/** A bucket to put into, made where it is missing. */
export async function arrangeBucket(host: EngineHost): Promise<PutScene> {
  const nowMs = Date.now() as EpochMs;
  const catalogue = new SqliteCatalogue({ path: host.cataloguePath, generation: host.generation });
  const find = (sql: string) => catalogue.read(async (tx) => (await tx.get<{ id: number }>(sql))?.id);
  try {
    const fresh = { canonicalId: 'c'.repeat(64), accountId: '1'.repeat(12) };
    await host.client.submit('put-root-key', { key: undefined, fresh, nowMs });
    const ownerId = (await find('SELECT id FROM iam_user')) as UserId;
    if ((await find('SELECT id FROM bucket')) === undefined) {
      const name = 'bench' as BucketName;
      const facts = { location: null, ownership: 'BucketOwnerEnforced', tags: undefined } as const;
      await host.client.submit('create-bucket', { name, ownerId, ...facts, nowMs });
    }
    return { bucketId: (await find('SELECT id FROM bucket')) as BucketId, ownerId };
  } finally {
    catalogue.close();
  }
}

/** The input of `put-object` for a body of 4 KiB; `number` names its extent. */
export function putInput({ bucketId, ownerId }: PutScene, key: string, number: number): PutObjectInput {
  const uid = new Uint8Array(16);
  new DataView(uid.buffer).setFloat64(0, number);
  return {
    object: {
      bucketId,
      key: key as ObjectKey,
      candidateId: 'v' as VersionId,
      ownerId,
      modifiedMs: Date.now() as EpochMs,
      sizeBytes: PLAIN_BYTES,
      etag: '0123456789abcdef0123456789abcdef' as ETag,
      storageClass: 'STANDARD',
      contentType: 'application/octet-stream',
      systemMetadata: null,
      userMetadata: null,
      tags: null,
      checksum: '{"CRC64NVME":"AAAAAAAAAAA="}',
      envelope: null,
      lock: { requested: { retention: undefined, legalHold: undefined }, lockNowMs: Date.now() as EpochMs },
    },
    condition: { kind: 'none' },
    extents: [
      {
        uid: uid as PutObjectInput['extents'][number]['uid'],
        headerLength: HEADER_BYTES,
        storedLength: STORED_BYTES,
        plainLength: PLAIN_BYTES,
        codec: 'plain',
        at: { kind: 'log', frame: 0 },
      },
    ],
  };
}

/** What every byte of the frame of put `number` is. */
export function fillOf(number: number): number {
  return (number % 251) + 1;
}
