import { findBucket, insertBucket, setBucketOwner, setBucketVersioning } from '../../db/tables/bucket.ts';
import { insertUsage } from '../../db/tables/bucket-usage.ts';
import { findUserByName } from '../../db/tables/iam-user.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { BucketId, BucketName, EpochMs, UserId } from '../../domain/ids.ts';
import { changeBucket } from './change-bucket.ts';
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
}

/** Creates a bucket, or gives it the owner and versioning of the file. Throws where there is no such owner. */
export async function provisionBucket(
  tx: WriteTx,
  wanted: ProvisionedBucket,
  path: string,
  nowMs: EpochMs,
): Promise<void> {
  const ownerId = await findOwner(tx, wanted, path);
  const stands = await findBucket(tx, wanted.name);
  if (stands === undefined) {
    if (ownerId === undefined) throw contradiction(`${path}.owner`, 'a new bucket needs an owner');
    await createBucket(tx, wanted, ownerId, nowMs);
    return;
  }
  if (ownerId !== undefined && ownerId !== stands.ownerId) await setBucketOwner(tx, stands.id, ownerId);
  if (wanted.versioning !== undefined && wanted.versioning !== stands.versioning) {
    const bucket = { id: stands.id, name: stands.name };
    await changeBucket(tx, { bucket, by: PROVISIONING, nowMs }, 'versioning', wanted.versioning, setBucketVersioning);
  }
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
    location: null,
    versioning: wanted.versioning ?? 'Off',
    ownership: 'BucketOwnerEnforced',
    tags: undefined,
    cors: undefined,
    encryption: undefined,
  });
  await insertUsage(tx, id);
}
