import assert from 'node:assert/strict';
import type { NewObject } from '../../../src-server/commands/support/new-object.ts';
import { NO_CONDITION, type WriteCondition } from '../../../src-server/domain/conditions.ts';
import type { ETag, ObjectKey, VersionId } from '../../../src-server/domain/ids.ts';
import { NO_LOCK } from '../../../src-server/domain/lock.ts';
import type { InlineEngine } from '../../support/inline-engine.ts';
import { BUCKET, etagOf, extentInLog, look, NOW, OWNER } from './upload-fixture.ts';

let made = 0;

/** An unused version id. */
export function versionId(): VersionId {
  made++;
  return `v${String(made).padStart(31, '0')}` as VersionId;
}

export function newObject(key: string, sizeBytes: number, etag: ETag, candidateId = versionId()): NewObject {
  return {
    bucketId: BUCKET,
    key: key as ObjectKey,
    candidateId,
    ownerId: OWNER,
    modifiedMs: NOW,
    sizeBytes,
    etag,
    storageClass: 'STANDARD',
    contentType: 'text/plain',
    systemMetadata: null,
    userMetadata: null,
    tags: null,
    checksum: 'CRC64NVME FULL_OBJECT AAAAAAAAAAA=',
    envelope: null,
    lock: { requested: NO_LOCK, lockNowMs: NOW },
  };
}

/** Puts an object of one extent in the log; of none where it is empty. */
export function put(
  engine: InlineEngine,
  key: string,
  options: { size?: number; mark?: number; condition?: WriteCondition; id?: VersionId } = {},
) {
  const size = options.size ?? 10;
  const object = newObject(key, size, etagOf(options.mark ?? 1), options.id);
  const extents = size === 0 ? [] : [extentInLog(size)];
  const frames = size === 0 ? [] : [Buffer.alloc(8)];
  return engine.client.submit('put-object', { object, condition: options.condition ?? NO_CONDITION, extents }, frames);
}

export function remove(engine: InlineEngine, key: string, id?: VersionId, etag?: string) {
  return engine.client.submit('delete-object', {
    scene: { bucketId: BUCKET, ownerId: OWNER, nowMs: NOW, lockNowMs: NOW },
    request: {
      key: key as ObjectKey,
      versionId: id,
      condition: etag === undefined ? undefined : { kind: 'listed', tags: [etag] },
      markerId: versionId(),
      bypassGovernance: false,
    },
  });
}

export function setVersioning(engine: InlineEngine, versioning: string): Promise<number> {
  return engine.run((tx) => tx.run('UPDATE bucket SET versioning = ? WHERE id = ?', versioning, BUCKET));
}

export interface Row {
  readonly key: string;
  readonly version_id: string;
  readonly is_current: number;
  readonly is_marker: number;
  readonly etag: string;
  readonly size: number;
}

/** All versions and markers, keys in order, newest first. */
export function rows(engine: InlineEngine): Promise<Row[]> {
  return look(engine).all<Row>(
    'SELECT key, version_id, is_current, is_marker, etag, size FROM object_version ORDER BY key, seq DESC',
  );
}

/** What must hold after every command: references, garbage, counters, exactly the newest version current. */
export async function assertSound(engine: InlineEngine): Promise<void> {
  const { all, usage, recount, wrongRefs } = look(engine);
  assert.deepEqual(await wrongRefs(), []);
  const wrongCurrent = await all(`SELECT v.key, v.seq FROM object_version v
    WHERE v.is_current <> (v.seq = (SELECT max(n.seq) FROM object_version n WHERE n.bucket_id = v.bucket_id AND n.key = v.key))`);
  assert.deepEqual(wrongCurrent, []);
  const [counted] = await all<{ versions: number; objects: number }>(
    'SELECT count(*) AS versions, coalesce(sum(is_current = 1 AND is_marker = 0), 0) AS objects FROM object_version',
  );
  const stored = await usage();
  assert.equal(stored?.bytes, await recount());
  assert.equal(stored?.versions, counted?.versions);
  assert.equal(stored?.objects, counted?.objects);
  const orphans = await all(`SELECT body_id FROM body_extent
    WHERE body_id NOT IN (SELECT body_id FROM object_version WHERE body_id IS NOT NULL)
      AND body_id NOT IN (SELECT body_id FROM upload_part)`);
  assert.deepEqual(orphans, []);
}
