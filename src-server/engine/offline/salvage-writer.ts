import { randomBytes } from 'node:crypto';
import { publishVersion } from '../../commands/support/publish-version.ts';
import type { ScratchExtent } from '../../db/sqlite/salvage-scratch.ts';
import { insertBodyExtent } from '../../db/tables/body-extent.ts';
import { findBucket, insertBucket } from '../../db/tables/bucket.ts';
import { changeUsage, insertUsage } from '../../db/tables/bucket-usage.ts';
import { growContainer, insertContainer } from '../../db/tables/container.ts';
import { insertDisk } from '../../db/tables/disk.ts';
import { insertExtent } from '../../db/tables/extent.ts';
import { insertUser } from '../../db/tables/iam-user.ts';
import { sealLogContainers } from '../../db/tables/log-container.ts';
import { findKeyState } from '../../db/tables/object-version.ts';
import { putSetting } from '../../db/tables/setting.ts';
import type { WriteTx } from '../../db/tx.ts';
import { accountIdFrom, canonicalIdFrom, ROOT_USER_NAME } from '../../domain/account.ts';
import type {
  BodyId,
  BucketId,
  BucketName,
  ContainerId,
  DiskId,
  EpochMs,
  ETag,
  ExtentId,
  ObjectKey,
  Tier,
  UserId,
  VersionId,
} from '../../domain/ids.ts';
import type { RequestedLock } from '../../domain/lock.ts';
import { newVersionId, VERSION_ID_BYTES } from '../../domain/version-id.ts';
import type { SalvagedBody } from './assemble-bodies.ts';
import type { SalvagedContainer, SalvageSource } from './salvage.ts';

const VERSION_ID = /^[A-Za-z0-9._]{32}$/;
/** Every salvaged object is shown as binary: its type stood in the catalogue only. */
const CONTENT_TYPE = 'binary/octet-stream';
/** What was locked stood in the catalogue only: nobody takes anything away before a person has looked (DESIGN §3). */
const HELD: RequestedLock = { retention: undefined, legalHold: true };

/** Writes the rows of a salvaged catalogue: disks, containers, root, and each body as a version. */
export class SalvageWriter {
  readonly #tx: WriteTx;
  readonly #nowMs: EpochMs;
  readonly #containers = new Map<string, ContainerId>();
  readonly #buckets = new Map<string, BucketId>();
  #root: UserId | undefined;

  constructor(tx: WriteTx, nowMs: number) {
    this.#tx = tx;
    this.#nowMs = nowMs as EpochMs;
  }

  get buckets(): number {
    return this.#buckets.size;
  }

  async begin(disks: SalvageSource['disks'], containers: readonly SalvagedContainer[]): Promise<void> {
    const tx = this.#tx;
    const diskIds = new Map<string, DiskId>();
    for (const { uuid, name, tier } of disks) {
      // The sequence is shared by all kinds of rows; the brand says what each number names, here and below.
      const id = tx.nextId() as DiskId;
      diskIds.set(uuid, id);
      await insertDisk(tx, { id, uuid, name, tier: tier as Tier, state: 'ok' }, this.#nowMs);
    }
    for (const { name, kind, diskUuid, lengthBytes } of containers) {
      const diskId = diskIds.get(diskUuid);
      if (diskId === undefined) throw new Error(`container ${name} is on a disk that was not named`);
      const id = tx.nextId() as ContainerId;
      await insertContainer(tx, { id, name, kind, state: 'sealed', diskId, createdMs: this.#nowMs });
      if (kind === 'log') await sealLogContainers(tx, id, { name, length: lengthBytes });
      this.#containers.set(name, id);
    }
    this.#root = await this.#insertRoot();
    await putSetting(tx, 'salvagedAtMs', String(this.#nowMs));
  }

  /** All bodies of one key, oldest first: each becomes a version, the newest is current. Answers how many. */
  async putKey(bodies: readonly SalvagedBody[]): Promise<number> {
    const used = new Set<string>();
    for (const body of bodies) {
      const bucketId = this.#buckets.get(body.bucket) ?? (await this.#insertBucket(body.bucket));
      const isOwnId = VERSION_ID.test(body.versionId) && !used.has(body.versionId);
      // It has the form of a version's id.
      const versionId = isOwnId ? (body.versionId as VersionId) : newVersionId(randomBytes(VERSION_ID_BYTES));
      used.add(versionId);
      await this.#putBody(bucketId, versionId, body);
    }
    return bodies.length;
  }

  async #putBody(bucketId: BucketId, versionId: VersionId, body: SalvagedBody): Promise<void> {
    const tx = this.#tx;
    const bodyId = await this.#insertExtents(body.extents);
    // Keys come from headers that our own writer made from parsed keys.
    const key = body.key as ObjectKey;
    const state = await findKeyState(tx, bucketId, key);
    const row = {
      bucket_id: bucketId,
      key,
      is_marker: 0 as const,
      owner_id: this.#owner(),
      modified_ms: body.createdMs as EpochMs,
      size: body.sizeBytes,
      // The MD5 is gone with the catalogue; the form of a multipart tag claims none.
      etag: `${body.extents[0]?.uid.toString('hex') ?? ''}-1` as ETag,
      storage_class: 'STANDARD',
      content_type: CONTENT_TYPE,
      system_metadata: null,
      user_metadata: null,
      tags: null,
      acl: null,
      checksum: null,
      envelope: body.envelope.length === 0 ? null : body.envelope,
      part_count: null,
      body_id: bodyId,
    };
    const published = await publishVersion(tx, state, versionId, row, { requested: HELD, lockNowMs: this.#nowMs });
    await changeUsage(tx, bucketId, published.usage);
  }

  async #insertExtents(extents: readonly ScratchExtent[]): Promise<BodyId> {
    const tx = this.#tx;
    const bodyId = tx.nextId() as BodyId;
    let bodyOffset = 0;
    for (const extent of extents) {
      const containerId = this.#containers.get(extent.container);
      if (containerId === undefined) throw new Error(`container ${extent.container} was not named`);
      const id = tx.nextId() as ExtentId;
      const lengths = { headerLength: extent.header_length, storedLength: extent.stored_length };
      const footprintBytes = extent.header_length + extent.stored_length;
      await insertExtent(tx, {
        id,
        uid: extent.uid,
        containerId,
        containerOffset: extent.container_offset,
        ...lengths,
        plainLength: extent.plain_length,
        codec: extent.codec,
      });
      await growContainer(tx, containerId, footprintBytes, extent.container_offset + footprintBytes);
      const length = extent.plain_length;
      await insertBodyExtent(tx, { bodyId, bodyOffset, extentId: id, extentOffset: 0, length });
      bodyOffset += length;
    }
    return bodyId;
  }

  async #insertBucket(name: string): Promise<BucketId> {
    const tx = this.#tx;
    // Bucket names come from headers that our own writer made from parsed names.
    const bucketName = name as BucketName;
    const known = await findBucket(tx, bucketName);
    const id = known?.id ?? (tx.nextId() as BucketId);
    if (known === undefined) {
      const facts = {
        location: null,
        tags: undefined,
        cors: undefined,
        encryption: undefined,
        ownership: 'BucketOwnerEnforced',
        versioning: 'Enabled',
        objectLock: { enabled: true, defaultRetention: undefined },
      } as const;
      await insertBucket(tx, { id, name: bucketName, ownerId: this.#owner(), createdMs: this.#nowMs, ...facts });
      await insertUsage(tx, id);
    }
    this.#buckets.set(name, id);
    return id;
  }

  async #insertRoot(): Promise<UserId> {
    const id = this.#tx.nextId() as UserId;
    await insertUser(this.#tx, {
      id,
      name: ROOT_USER_NAME,
      tenant_id: null,
      account_id: accountIdFrom(randomBytes(8)),
      canonical_id: canonicalIdFrom(randomBytes(32)),
      role: 'root',
      email: null,
      display_name: null,
      password_hash: null,
      state: 'active',
      created_ms: this.#nowMs,
    });
    return id;
  }

  #owner(): UserId {
    if (this.#root === undefined) throw new Error('salvage has not begun');
    return this.#root;
  }
}
