import { type Bucket, findBucket, insertBucket, setBucketSosapi } from '../db/tables/bucket.ts';
import { insertUsage } from '../db/tables/bucket-usage.ts';
import { deleteHeldName, findHeldName } from '../db/tables/held-name.ts';
import { findUserById, type IamUserRow } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { BucketId, BucketName, EpochMs, UserId } from '../domain/ids.ts';
import { checkBucketLimit } from './support/tenant-limits.ts';

export interface CreateBucketInput {
  readonly name: BucketName;
  readonly ownerId: UserId;
  readonly location: string | null;
  readonly ownership: Exclude<Bucket['ownership'], undefined>;
  readonly tags: Bucket['tags'];
  /** Left out: `Off`. */
  readonly versioning?: 'Off' | 'Enabled';
  readonly cors?: Bucket['cors'];
  readonly encryption?: Bucket['encryption'];
  readonly publicAccessBlock?: Bucket['publicAccessBlock'];
  /** As `domain/acl.ts` writes it. */
  readonly acl?: Bucket['acl'];
  /** Turns versioning on as well. */
  readonly objectLock?: Bucket['objectLock'];
  /** Veeam's Smart Object Storage API; left out: off. */
  readonly speaksSosapi?: boolean;
  readonly nowMs: EpochMs;
}

/**
 * Takes a name, which is global, and makes an empty bucket with its counters. Throws BucketAlreadyOwnedByYou where the
 * caller's account holds the name and the caller may use the bucket, else BucketAlreadyExists, also for
 * the name of a deleted bucket that another account held; TooManyBuckets; AccessDenied where the owner is gone.
 */
export async function createBucket(tx: WriteTx, input: CreateBucketInput): Promise<void> {
  const owner = await findUserById(tx, input.ownerId);
  if (owner === undefined) throw new Failure('AccessDenied');
  const taken = await findBucket(tx, input.name);
  if (taken !== undefined) {
    const sharesAccount = taken.ownerAccountId === owner.account_id && owner.role === 'admin';
    const isOwn = taken.ownerId === owner.id || sharesAccount;
    throw new Failure(isOwn ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists', undefined, {
      fields: { BucketName: input.name },
    });
  }
  await checkHeldName(tx, owner, input);
  await checkBucketLimit(tx, owner);
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as BucketId;
  await insertBucket(tx, {
    id,
    name: input.name,
    ownerId: owner.id,
    createdMs: input.nowMs,
    location: input.location,
    versioning: input.objectLock === undefined ? (input.versioning ?? 'Off') : 'Enabled',
    ownership: input.ownership,
    tags: input.tags,
    cors: input.cors,
    encryption: input.encryption,
    publicAccessBlock: input.publicAccessBlock,
    acl: input.acl,
    objectLock: input.objectLock,
  });
  if (input.speaksSosapi === true) await setBucketSosapi(tx, id, true);
  await insertUsage(tx, id);
}

/**
 * The name of a deleted bucket is its account's for a while: clients that still write to it must not write to a stranger
 * (bucket takeover). The account itself, and whoever runs the install and may read everything anyhow, take it again at once.
 */
async function checkHeldName(tx: WriteTx, owner: IamUserRow, { name, nowMs }: CreateBucketInput): Promise<void> {
  const held = await findHeldName(tx, name);
  if (held === undefined) return;
  const runsInstall = owner.role === 'root' || (owner.role === 'admin' && owner.tenant_id === null);
  if (nowMs < held.until_ms && held.account_id !== owner.account_id && !runsInstall) {
    throw new Failure('BucketAlreadyExists', undefined, { fields: { BucketName: name } });
  }
  await deleteHeldName(tx, name);
}
