import { isDeepStrictEqual } from 'node:util';
import {
  type Bucket,
  findBucket,
  insertBucket,
  setBucketCors,
  setBucketEncryption,
  setBucketOwner,
  setBucketOwnership,
  setBucketSosapi,
  setBucketTags,
  setBucketVersioning,
} from '../../db/tables/bucket.ts';
import { insertUsage } from '../../db/tables/bucket-usage.ts';
import { findUserByName } from '../../db/tables/iam-user.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { BucketId, BucketName, EpochMs, UserId } from '../../domain/ids.ts';
import { type BucketField, changeBucket } from './change-bucket.ts';
import { contradiction } from './contradiction.ts';
import type { ChangeActor } from './record-change.ts';

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
}

/** Creates a bucket, or gives it the owner and versioning of the file. Throws where there is no such owner. */
export async function provisionBucket(
  tx: WriteTx,
  wanted: ProvisionedBucket,
  path: string,
  nowMs: EpochMs,
  by: ChangeActor = PROVISIONING,
): Promise<void> {
  const ownerId = await findOwner(tx, wanted, path);
  const stands = await findBucket(tx, wanted.name);
  if (stands === undefined) {
    if (ownerId === undefined) throw contradiction(`${path}.owner`, 'a new bucket needs an owner');
    await createBucket(tx, wanted, ownerId, nowMs);
    return;
  }
  if (ownerId !== undefined && ownerId !== stands.ownerId) await setBucketOwner(tx, stands.id, ownerId);
  const change = { bucket: { id: stands.id, name: stands.name }, by, nowMs };
  for (const field of changedFields(stands, wanted)) await SETTERS[field](tx, change, wanted);
}

type FieldChange = Parameters<typeof changeBucket>[1];
const SETTERS: Readonly<
  Record<BucketField, (tx: WriteTx, change: FieldChange, wanted: ProvisionedBucket) => Promise<void>>
> = {
  versioning: (tx, change, { versioning }) =>
    versioning === undefined
      ? Promise.resolve()
      : changeBucket(tx, change, 'versioning', versioning, setBucketVersioning),
  ownership: (tx, change, { ownership }) => changeBucket(tx, change, 'ownership', ownership, setBucketOwnership),
  tags: (tx, change, { tags }) => changeBucket(tx, change, 'tags', tags, setBucketTags),
  cors: (tx, change, { cors }) => changeBucket(tx, change, 'cors', cors, setBucketCors),
  encryption: (tx, change, { encryption }) => changeBucket(tx, change, 'encryption', encryption, setBucketEncryption),
  speaksSosapi: (tx, change, { speaksSosapi = false }) =>
    changeBucket(tx, change, 'speaksSosapi', speaksSosapi, setBucketSosapi),
};
const FIELDS: readonly BucketField[] = ['versioning', 'ownership', 'tags', 'cors', 'encryption', 'speaksSosapi'];

/** The settings that are wanted otherwise than they stand. */
export function changedFields(stands: Bucket, wanted: ProvisionedBucket): BucketField[] {
  return FIELDS.filter((field) => wanted[field] !== undefined && !isDeepStrictEqual(wanted[field], stands[field]));
}

async function findOwner(tx: WriteTx, wanted: ProvisionedBucket, path: string): Promise<UserId | undefined> {
  if (wanted.owner === undefined) return undefined;
  const owner = await findUserByName(tx, wanted.owner);
  if (owner === undefined) throw contradiction(`${path}.owner`, 'there is no such user');
  return owner.id;
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
    ownership: wanted.ownership ?? 'BucketOwnerEnforced',
    tags: wanted.tags,
    cors: wanted.cors,
    encryption: wanted.encryption,
  });
  await insertUsage(tx, id);
}
