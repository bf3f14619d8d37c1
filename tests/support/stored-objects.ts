import { randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { NewObject } from '../../src-server/commands/support/new-object.ts';
import { listPlacedSlices } from '../../src-server/db/tables/body-extent.ts';
import { insertUsage } from '../../src-server/db/tables/bucket-usage.ts';
import { NO_CONDITION } from '../../src-server/domain/conditions.ts';
import type { BodyId, BucketId, EpochMs, ETag, ObjectKey, UserId, VersionId } from '../../src-server/domain/ids.ts';
import type { BytesJobDeps } from '../../src-server/jobs/bytes-job-deps.ts';
import { type FileSystem, nodeFileSystem } from '../../src-server/platform/fs-port.ts';
import type { ExtentCodec, ExtentSlice } from '../../src-server/storage/body-store.ts';
import type { CheckDeps } from '../../src-server/tiers/check/check-storage.ts';
import { openTestBytes, readAll, type TestBytes } from './body-store.ts';
import { INLINE_CONTAINER, type InlineEngine, openInlineEngine } from './inline-engine.ts';

const BUCKET = 100 as BucketId;
const OWNER = 50 as UserId;

/** Objects with real bytes on real files: an inline engine over a body store. Its clock stands still until moved. */
export interface StoredObjects extends AsyncDisposable {
  readonly engine: InlineEngine;
  readonly bytes: TestBytes;
  readonly root: string;
  nowMs: number;
  /** Stages and puts an object of random bytes, and remembers them. */
  put(key: string, sizeBytes: number): Promise<void>;
  remove(key: string): Promise<void>;
  read(key: string): Promise<Buffer>;
  /** What `read` should give, of every key. */
  readonly expected: ReadonlyMap<string, Buffer>;
  slices(key: string): Promise<ExtentSlice[]>;
  /** As if the log had gone on in another segment: what stands in it now is in a sealed one of this name. */
  sealLog(name: string): Promise<void>;
  readonly jobDeps: BytesJobDeps;
  readonly checkDeps: CheckDeps;
}

export async function openStoredObjects(options: { fs?: FileSystem } = {}): Promise<StoredObjects> {
  const fs = options.fs ?? nodeFileSystem;
  const bytes = openTestBytes({ fs });
  const root = bytes.placer.targets[0]?.root ?? '';
  const logPath = join(root, 'log', INLINE_CONTAINER.name);
  const writeFrames = (_name: string, offset: number, frame: Uint8Array): void => {
    const fd = openSync(logPath, 'r+');
    writeSync(fd, frame, 0, frame.length, offset);
    closeSync(fd);
  };
  writeFileSync(logPath, '');
  const engine = openInlineEngine({ writeFrames });
  await arrangeBucket(engine);
  const expected = new Map<string, Buffer>();
  const objects: StoredObjects = {
    engine,
    bytes,
    root,
    nowMs: 1_700_000_000_000,
    expected,
    put: async (key, sizeBytes) => {
      const body = randomBytes(sizeBytes);
      const origin = { bucket: 'backups', key, versionId: 'null' };
      const writer = bytes.store.stage({
        tier: 'hot',
        expectedSizeBytes: sizeBytes,
        digests: ['MD5'],
        dataKey: undefined,
        origin,
      });
      await writer.write(body);
      const { extents, frames, release } = await writer.finish();
      const object = newObject(key, sizeBytes, objects.nowMs);
      await engine.client.submit('put-object', { object, condition: NO_CONDITION, extents }, frames);
      release();
      expected.set(key, body);
    },
    remove: async (key) => {
      await engine.client.submit('delete-object', {
        scene: { bucketId: BUCKET, ownerId: OWNER, nowMs: objects.nowMs as EpochMs, lockNowMs: 0 as EpochMs },
        request: removalOf(key as ObjectKey),
      });
      expected.delete(key);
    },
    slices: (key) => slicesOf(engine, key),
    read: async (key) => readAll(bytes.store, await slicesOf(engine, key)),
    sealLog: async (name) => {
      renameSync(logPath, join(root, 'log', name));
      writeFileSync(logPath, '');
      await sealLogRows(engine, name);
    },
    jobDeps: jobDepsOf(engine, bytes, fs, () => objects.nowMs as EpochMs),
    checkDeps: checkDepsOf(engine, bytes, fs),
    [Symbol.asyncDispose]: async () => {
      engine.close();
      await bytes.close();
    },
  };
  return objects;
}

function jobDepsOf(engine: InlineEngine, bytes: TestBytes, fs: FileSystem, now: () => EpochMs): BytesJobDeps {
  return {
    catalogue: engine.catalogue,
    engine: engine.client,
    disks: bytes.placer,
    pins: bytes.pins,
    fs,
    log: pino({ level: 'silent' }),
    now,
    untilLogSynced: async () => {},
  };
}

function checkDepsOf(engine: InlineEngine, bytes: TestBytes, fs: FileSystem): CheckDeps {
  const disks = bytes.placer.targets.map(({ diskId, root }) => ({ id: diskId, name: `disk-${diskId}`, root }));
  return { catalogue: engine.catalogue, disks, fs };
}

let made = 0;

function versionId(): VersionId {
  made += 1;
  return `v${String(made).padStart(31, '0')}` as VersionId;
}

function removalOf(key: ObjectKey) {
  return { key, versionId: undefined, condition: undefined, markerId: versionId(), bypassGovernance: false };
}

function newObject(key: string, sizeBytes: number, nowMs: number): NewObject {
  return {
    bucketId: BUCKET,
    key: key as ObjectKey,
    candidateId: versionId(),
    ownerId: OWNER,
    modifiedMs: nowMs as EpochMs,
    sizeBytes,
    etag: '00000000000000000000000000000000' as ETag,
    storageClass: 'STANDARD',
    contentType: 'text/plain',
    systemMetadata: null,
    userMetadata: null,
    tags: null,
    checksum: 'CRC64NVME FULL_OBJECT AAAAAAAAAAA=',
    envelope: null,
    lock: { requested: { retention: undefined, legalHold: undefined }, lockNowMs: nowMs as EpochMs },
  };
}

async function arrangeBucket(engine: InlineEngine): Promise<void> {
  await engine.run(async (tx) => {
    await tx.run(
      `INSERT INTO iam_user (id, name, tenant_id, account_id, canonical_id, role, email, display_name, password_hash, state, created_ms)
       VALUES (?, 'ada', NULL, '123456789012', ?, 'user', NULL, NULL, NULL, 'active', 0)`,
      OWNER,
      'c'.repeat(64),
    );
    await tx.run(
      `INSERT INTO bucket (id, name, owner_id, created_ms, location, versioning, ownership, acl, tags, cors, encryption)
       VALUES (?, 'backups', ?, 0, NULL, 'Off', 'BucketOwnerEnforced', NULL, NULL, NULL, NULL)`,
      BUCKET,
      OWNER,
    );
    await insertUsage(tx, BUCKET);
  });
}

async function slicesOf(engine: InlineEngine, key: string): Promise<ExtentSlice[]> {
  return engine.catalogue.read(async (tx) => {
    const row = await tx.get<{ body_id: BodyId; size: number }>(
      'SELECT body_id, size FROM object_version WHERE bucket_id = ? AND key = ? AND is_current = 1',
      BUCKET,
      key,
    );
    if (row === undefined) throw new Error(`no object ${key}`);
    const placed = await listPlacedSlices(tx, row.body_id, 0, row.size);
    return placed.map((slice) => ({
      uid: slice.uid,
      containerName: slice.container_name,
      // The tables hold nothing else in these columns.
      containerKind: slice.container_kind as ExtentSlice['containerKind'],
      codec: slice.codec as ExtentCodec,
      diskIds: slice.disk_id === null ? [] : [slice.disk_id],
      offset: slice.container_offset,
      headerLength: slice.header_length,
      storedLength: slice.stored_length,
      plainLength: slice.plain_length,
      sliceOffset: slice.extent_offset,
      sliceLength: slice.length,
    }));
  });
}

async function sealLogRows(engine: InlineEngine, name: string): Promise<void> {
  await engine.run(async (tx) => {
    const id = tx.nextId();
    await tx.run(
      `INSERT INTO container (id, name, kind, state, generation, length, live_bytes, created_ms)
       SELECT ?, ?, 'log', 'sealed', 1, length, live_bytes, 0 FROM container WHERE id = ?`,
      id,
      name,
      INLINE_CONTAINER.id,
    );
    await tx.run(`INSERT INTO replica (container_id, disk_id, state, generation) VALUES (?, 1, 'ok', 1)`, id);
    await tx.run('UPDATE extent SET container_id = ? WHERE container_id = ?', id, INLINE_CONTAINER.id);
    await tx.run('UPDATE container SET length = 0, live_bytes = 0 WHERE id = ?', INLINE_CONTAINER.id);
  });
}
