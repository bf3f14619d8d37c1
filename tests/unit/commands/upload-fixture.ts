import type { CompleteUploadInput } from '../../../src-server/commands/complete-upload.ts';
import type { UploadRef } from '../../../src-server/commands/support/open-upload.ts';
import { insertUsage } from '../../../src-server/db/tables/bucket-usage.ts';
import { NO_CONDITION } from '../../../src-server/domain/conditions.ts';
import type {
  BucketId,
  EpochMs,
  ETag,
  ExtentUid,
  ObjectKey,
  UploadId,
  UserId,
  VersionId,
} from '../../../src-server/domain/ids.ts';
import { UNLOCKED_COLUMNS } from '../../../src-server/domain/lock.ts';
import { newUploadId } from '../../../src-server/domain/upload-id.ts';
import type { StagedExtent } from '../../../src-server/storage/body-store.ts';
import { type InlineEngine, openInlineEngine } from '../../support/inline-engine.ts';

// Tests mint the brands of the rows they arrange themselves.
export const BUCKET = 100 as BucketId;
export const OWNER = 50 as UserId;
export const KEY = 'backup/disk.img' as ObjectKey;
export const NOW = 1_700_000_000_000 as EpochMs;
export const MIB = 1024 * 1024;

let made = 0;

/** A bucket with the given versioning, ready for commands. */
export async function openBucket(versioning = 'Off'): Promise<InlineEngine> {
  const engine = openInlineEngine();
  await engine.run(async (tx) => {
    await tx.run(
      `INSERT INTO iam_user (id, name, tenant_id, account_id, canonical_id, role, email, display_name, password_hash, state, created_ms)
       VALUES (?, 'ada', NULL, '123456789012', ?, 'user', NULL, NULL, NULL, 'active', 0)`,
      OWNER,
      'c'.repeat(64),
    );
    await tx.run(
      `INSERT INTO bucket (id, name, owner_id, created_ms, location, versioning, ownership, acl, tags, cors, encryption)
       VALUES (?, 'backups', ?, 0, NULL, ?, 'BucketOwnerEnforced', NULL, NULL, NULL, NULL)`,
      BUCKET,
      OWNER,
      versioning,
    );
    await insertUsage(tx, BUCKET);
  });
  return engine;
}

export function uploadId(): UploadId {
  made++;
  return newUploadId((NOW + made) as EpochMs, Buffer.alloc(18, made));
}

/** Opens an upload and answers its reference. */
export async function openUpload(
  engine: InlineEngine,
  options: { key?: ObjectKey; algorithm?: string; type?: string } = {},
): Promise<UploadRef> {
  const upload = { uploadId: uploadId(), bucketId: BUCKET, key: options.key ?? KEY };
  await engine.client.submit('create-upload', {
    id: upload.uploadId,
    bucket_id: BUCKET,
    key: upload.key,
    initiator_id: OWNER,
    owner_id: OWNER,
    initiated_ms: NOW,
    storage_class: 'STANDARD',
    content_type: 'application/x-raw',
    system_metadata: null,
    user_metadata: '{"a":"b"}',
    tags: null,
    acl: null,
    checksum_algorithm: options.algorithm ?? null,
    checksum_type: options.type ?? null,
    ...UNLOCKED_COLUMNS,
    envelope: null,
  });
  return upload;
}

/** One extent as the body store reports it, standing in the log: submit it with one frame. */
export function extentInLog(plainLength: number, frame = 0): StagedExtent {
  return {
    uid: new Uint8Array(16).fill(frame) as ExtentUid,
    headerLength: 64,
    storedLength: plainLength,
    plainLength,
    codec: 'plain',
    at: { kind: 'log', frame },
  };
}

/** An ETag that tells parts apart. */
export function etagOf(value: number): ETag {
  return value.toString(16).padStart(32, '0') as ETag;
}

/** A CRC64NVME in base64 that tells parts apart; no body stands behind it. */
export function crcOf(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(value, 4);
  return bytes.toString('base64');
}

export async function putPart(
  engine: InlineEngine,
  upload: UploadRef,
  partNumber: number,
  sizeBytes: number,
  mark = partNumber,
): Promise<void> {
  const input = {
    upload,
    partNumber,
    sizeBytes,
    etag: etagOf(mark),
    checksum: crcOf(mark),
    extents: sizeBytes === 0 ? [] : [extentInLog(sizeBytes)],
    nowMs: NOW,
  };
  await engine.client.submit('put-part', input, sizeBytes === 0 ? [] : [Buffer.alloc(8)]);
}

export function completion(
  upload: UploadRef,
  partNumbers: readonly number[],
  more: Partial<CompleteUploadInput> = {},
): CompleteUploadInput {
  made++;
  return {
    upload,
    listed: partNumbers.map((partNumber) => ({ partNumber, etag: etagOf(partNumber), checksum: undefined })),
    claims: { checksum: undefined, type: undefined, sizeBytes: undefined },
    condition: NO_CONDITION,
    fingerprint: partNumbers.join(','),
    versionId: `version${String(made).padStart(25, '0')}` as VersionId,
    nowMs: NOW,
    lockNowMs: NOW,
    ...more,
  };
}

export interface Usage {
  readonly bytes: number;
  readonly versions: number;
  readonly objects: number;
  readonly uploads: number;
}

/** What stands in the catalogue, for looking. */
export function look(engine: InlineEngine) {
  const all = <T>(sql: string, ...parameters: (string | number)[]) =>
    engine.catalogue.read((tx) => tx.all<T>(sql, ...parameters));
  return {
    all,
    usage: async (): Promise<Usage | undefined> =>
      (await all<Usage>('SELECT bytes, versions, objects, uploads FROM bucket_usage'))[0],
    garbage: async (): Promise<number> => (await all('SELECT extent_id FROM garbage')).length,
    /** Extents whose `refs` are not what body_extent says, or that stand in garbage wrongly: none, always. */
    wrongRefs: () =>
      all(`SELECT e.id FROM extent e LEFT JOIN garbage g ON g.extent_id = e.id
        WHERE e.refs <> (SELECT count(*) FROM body_extent b WHERE b.extent_id = e.id)
           OR (e.refs = 0) <> (g.extent_id IS NOT NULL)`),
    /** Bytes that versions and open parts hold, counted again. */
    recount: async (): Promise<number> =>
      (
        await all<{ n: number }>(`SELECT coalesce((SELECT sum(size) FROM object_version), 0)
        + coalesce((SELECT sum(size) FROM upload_part), 0) AS n`)
      )[0]?.n ?? -1,
  };
}
