import { isDeepStrictEqual } from 'node:util';
import {
  type Bucket,
  findBucket,
  insertBucket,
  setBucketCors,
  setBucketEncryption,
  setBucketObjectLock,
  setBucketOwner,
  setBucketOwnership,
  setBucketPolicy,
  setBucketQuotaBytes,
  setBucketQuotaObjects,
  setBucketSosapi,
  setBucketTags,
  setBucketVersioning,
  setPublicAccessBlock,
} from '../../db/tables/bucket.ts';
import { insertUsage } from '../../db/tables/bucket-usage.ts';
import { deleteHeldName } from '../../db/tables/held-name.ts';
import { findUserById, findUserByName, type IamUserRow } from '../../db/tables/iam-user.ts';
import { recountTenant } from '../../db/tables/tenant-usage.ts';
import type { WriteTx } from '../../db/tx.ts';
import { BLOCK_ALL } from '../../domain/bucket-settings.ts';
import { isFailure } from '../../domain/failure.ts';
import type { BucketId, BucketName, EpochMs, UserId } from '../../domain/ids.ts';
import { type BucketField, changeBucket } from './change-bucket.ts';
import { contradiction } from './contradiction.ts';
import type { LimitRule } from './provision-user.ts';
import type { ChangeActor } from './record-change.ts';
import { checkBucketLimit } from './tenant-limits.ts';

/** Whom the history names for what the file changed. */
const PROVISIONING: ChangeActor = { userId: null, name: 'provisioning', accessKeyId: null };

/** Undefined fields keep what stands. */
export interface ProvisionedBucket {
  readonly name: BucketName;
  /** Name of a user. */
  readonly owner: string | undefined;
  readonly versioning: 'Enabled' | 'Suspended' | undefined;
  /** Of a bucket that does not exist yet. */
  readonly location?: string;
  readonly ownership?: NonNullable<Bucket['ownership']>;
  readonly tags?: NonNullable<Bucket['tags']>;
  readonly cors?: NonNullable<Bucket['cors']>;
  readonly encryption?: NonNullable<Bucket['encryption']>;
  readonly speaksSosapi?: boolean;
  readonly quotaBytes?: NonNullable<Bucket['quotaBytes']>;
  readonly quotaObjects?: NonNullable<Bucket['quotaObjects']>;
  readonly policy?: NonNullable<Bucket['policy']>;
  readonly publicAccessBlock?: NonNullable<Bucket['publicAccessBlock']>;
  /** Turns versioning on as well. */
  readonly objectLock?: NonNullable<Bucket['objectLock']>;
  /** Of a provisioning file: true turns Object Lock on and leaves the default that stands; there is no way back. */
  readonly lockEnabled?: boolean;
  /** What a new bucket starts with where nothing above says otherwise. */
  readonly newBucket?: NewBucketDefaults;
}

/** How buckets start: the settings `s3.newBucketOwnership` and `s3.newBucketPublicAccessBlock`. */
export interface NewBucketDefaults {
  readonly ownership: NonNullable<Bucket['ownership']>;
  readonly publicAccessBlock: Bucket['publicAccessBlock'];
}

/** Creates a bucket, or gives it the owner and versioning of the file. Throws where there is no such owner. */
export async function provisionBucket(
  tx: WriteTx,
  given: ProvisionedBucket,
  path: string,
  nowMs: EpochMs,
  { by, limits }: { readonly by: ChangeActor; readonly limits: LimitRule } = { by: PROVISIONING, limits: 'kept' },
): Promise<void> {
  const owner = await findOwner(tx, given, path);
  const stands = await findBucket(tx, given.name);
  if (by === PROVISIONING) refuseUnlocking(stands, given, path);
  const wanted = withLock(stands, given);
  if (stands === undefined) {
    if (owner === undefined) throw contradiction(`${path}.owner`, 'a new bucket needs an owner');
    if (limits === 'kept') await checkLimit(tx, owner, path);
    await createBucket(tx, wanted, owner.id, nowMs);
    return;
  }
  if (owner !== undefined && owner.id !== stands.ownerId) {
    await changeOwner(tx, stands, owner, path);
  }
  const change = { bucket: { id: stands.id, name: stands.name }, by, nowMs };
  for (const field of changedFields(stands, wanted)) await SETTERS[field](tx, change, wanted);
}

type FieldChange = Parameters<typeof changeBucket>[1];
type ProvisionedField = Exclude<BucketField, 'requestPayer' | 'acl'>;
const SETTERS: Readonly<
  Record<ProvisionedField, (tx: WriteTx, change: FieldChange, wanted: ProvisionedBucket) => Promise<void>>
> = {
  versioning: (tx, change, { versioning }) =>
    versioning === undefined
      ? Promise.resolve()
      : changeBucket(tx, change, 'versioning', versioning, setBucketVersioning),
  ownership: (tx, change, { ownership }) => changeBucket(tx, change, 'ownership', ownership, setBucketOwnership),
  tags: (tx, change, { tags }) => changeBucket(tx, change, 'tags', tags, setBucketTags),
  cors: (tx, change, { cors }) => changeBucket(tx, change, 'cors', cors, setBucketCors),
  objectLock: (tx, change, { objectLock }) => changeBucket(tx, change, 'objectLock', objectLock, setBucketObjectLock),
  encryption: (tx, change, { encryption }) => changeBucket(tx, change, 'encryption', encryption, setBucketEncryption),
  speaksSosapi: (tx, change, { speaksSosapi = false }) =>
    changeBucket(tx, change, 'speaksSosapi', speaksSosapi, setBucketSosapi),
  quotaBytes: (tx, change, { quotaBytes }) => changeBucket(tx, change, 'quotaBytes', quotaBytes, setBucketQuotaBytes),
  quotaObjects: (tx, change, { quotaObjects }) =>
    changeBucket(tx, change, 'quotaObjects', quotaObjects, setBucketQuotaObjects),
  policy: (tx, change, { policy }) => changeBucket(tx, change, 'policy', policy, setBucketPolicy),
  publicAccessBlock: (tx, change, { publicAccessBlock }) =>
    changeBucket(tx, change, 'publicAccessBlock', publicAccessBlock, setPublicAccessBlock),
};
const FIELDS: readonly ProvisionedField[] = [
  'versioning',
  'objectLock',
  'ownership',
  'tags',
  'cors',
  'encryption',
  'speaksSosapi',
  'quotaBytes',
  'quotaObjects',
  'policy',
  'publicAccessBlock',
];

/** The settings that are wanted otherwise than they stand. */
export function changedFields(stands: Bucket, given: ProvisionedBucket): ProvisionedField[] {
  const wanted = withLock(stands, given);
  return FIELDS.filter((field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], stands[field]));
}

/** Object Lock and versioning go together: a locked bucket has it enabled, whatever else a file says. */
function withLock(stands: Bucket | undefined, wanted: ProvisionedBucket): ProvisionedBucket {
  const isLocked = stands?.objectLock !== undefined;
  if (!isLocked && wanted.objectLock === undefined && wanted.lockEnabled !== true) return wanted;
  const turnedOn = isLocked ? {} : { objectLock: { enabled: true, defaultRetention: undefined } as const };
  return { ...turnedOn, ...wanted, versioning: 'Enabled' };
}

/** @throws Failure InvalidRequest where a provisioning file would take protection away */
function refuseUnlocking(stands: Bucket | undefined, wanted: ProvisionedBucket, path: string): void {
  const isLocked = stands?.objectLock !== undefined;
  if (isLocked && wanted.lockEnabled === false) {
    throw contradiction(`${path}.objectLock`, 'Object Lock is on and never goes off again');
  }
  if ((isLocked || wanted.lockEnabled === true) && wanted.versioning === 'Suspended') {
    throw contradiction(`${path}.versioning`, 'versioning cannot be suspended in a bucket with Object Lock');
  }
}

async function findOwner(tx: WriteTx, wanted: ProvisionedBucket, path: string): Promise<IamUserRow | undefined> {
  if (wanted.owner === undefined) return undefined;
  const owner = await findUserByName(tx, wanted.owner);
  if (owner === undefined) throw contradiction(`${path}.owner`, 'there is no such user');
  return owner;
}

async function createBucket(tx: WriteTx, wanted: ProvisionedBucket, ownerId: UserId, nowMs: EpochMs): Promise<void> {
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as BucketId;
  await insertBucket(tx, {
    id,
    name: wanted.name,
    ownerId,
    createdMs: nowMs,
    location: wanted.location ?? null,
    versioning: wanted.versioning ?? 'Off',
    ownership: wanted.ownership ?? wanted.newBucket?.ownership ?? 'BucketOwnerEnforced',
    tags: wanted.tags,
    cors: wanted.cors,
    encryption: wanted.encryption,
    policy: wanted.policy,
    objectLock: wanted.objectLock,
    // What says nothing of it stays closed.
    publicAccessBlock:
      wanted.publicAccessBlock ?? (wanted.newBucket === undefined ? BLOCK_ALL : wanted.newBucket.publicAccessBlock),
  });
  await insertUsage(tx, id);
  if (wanted.speaksSosapi === true) await setBucketSosapi(tx, id, true);
  if (wanted.quotaBytes !== undefined) await setBucketQuotaBytes(tx, id, wanted.quotaBytes);
  if (wanted.quotaObjects !== undefined) await setBucketQuotaObjects(tx, id, wanted.quotaObjects);
  // Whoever runs the install may give any name that is free.
  await deleteHeldName(tx, wanted.name);
}

/** The bytes go with the bucket to the other tenant. */
async function changeOwner(tx: WriteTx, stands: Bucket, owner: IamUserRow, path: string): Promise<void> {
  const before = await findUserById(tx, stands.ownerId);
  const movesTenant = before?.tenant_id !== owner.tenant_id;
  if (movesTenant) await checkLimit(tx, owner, path);
  await setBucketOwner(tx, stands.id, owner.id);
  if (!movesTenant) return;
  for (const tenantId of [before?.tenant_id ?? null, owner.tenant_id]) {
    if (tenantId !== null) await recountTenant(tx, tenantId);
  }
}

async function checkLimit(tx: WriteTx, owner: IamUserRow, path: string): Promise<void> {
  try {
    await checkBucketLimit(tx, owner);
  } catch (error) {
    if (!isFailure(error, 'TooManyBuckets')) throw error;
    throw contradiction(`${path}.owner`, 'the tenant has as many buckets as its maxBuckets allows');
  }
}
