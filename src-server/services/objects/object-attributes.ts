import { systemMetadataColumn, tagsColumnOf, userMetadataColumn } from '../../db/tables/object-columns.ts';
import { requireBucketLock } from '../../domain/bucket-lock.ts';
import type { Tag } from '../../domain/bucket-settings.ts';
import type { UserId, VersionId } from '../../domain/ids.ts';
import type { RequestedLock } from '../../domain/lock.ts';
import type { ObjectHeaders } from '../../domain/object-headers.ts';
import type { StorageClass } from '../../domain/storage-class.ts';
import type { UserMetadata } from '../../domain/user-metadata.ts';
import { newVersionId, VERSION_ID_BYTES } from '../../domain/version-id.ts';
import { randomName } from '../../platform/random.ts';
import type { DataKey } from '../../storage/body-store.ts';
import { aclColumnFor, type RequestedAcl } from '../access/requested-acl.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';

/** What a client fixes of an object beside its bytes. */
export interface ObjectAttributes {
  readonly headers: ObjectHeaders;
  readonly userMetadata: UserMetadata | undefined;
  readonly tags: readonly Tag[] | undefined;
  readonly storageClass: StorageClass;
  /** `x-amz-server-side-encryption`; undefined leaves it to the bucket's default. */
  readonly encryption: 'AES256' | undefined;
  /** What the client asks for; the rest is the bucket's default. */
  readonly lock: RequestedLock;
  /** Left out: the default. */
  readonly acl?: RequestedAcl | undefined;
}

/** The columns of `object_version` and `upload` that hold attributes. */
export function attributeColumns(attributes: Pick<ObjectAttributes, 'headers' | 'userMetadata' | 'tags'>) {
  return {
    contentType: attributes.headers.contentType,
    systemMetadata: systemMetadataColumn(attributes.headers.system),
    userMetadata: userMetadataColumn(attributes.userMetadata),
    tags: tagsColumnOf(attributes.tags),
  };
}

/** A fresh data key where the request or the bucket's default asks for encryption. */
export function dataKeyFor(
  context: ServiceContext,
  bucket: Pick<Bucket, 'encryption'>,
  asked: 'AES256' | undefined,
): DataKey | undefined {
  return asked !== undefined || bucket.encryption !== undefined ? context.keys.newDataKey() : undefined;
}

/**
 * Who will own a new object: the bucket's owner where ACLs are off (AWS: "Controlling ownership of objects"), where it is given to them
 * under BucketOwnerPreferred, and where nobody signed; else the writer.
 */
export function ownerOfNewObject(
  bucket: Pick<Bucket, 'ownership' | 'ownerId'>,
  identity: Identity,
  requested?: RequestedAcl,
): UserId {
  if (bucket.ownership === 'BucketOwnerEnforced' || identity.kind === 'anonymous') return bucket.ownerId;
  const isGiven = requested?.kind === 'canned' && requested.name === 'bucket-owner-full-control';
  return bucket.ownership === 'BucketOwnerPreferred' && isGiven ? bucket.ownerId : identity.userId;
}

/** The owner of a new object and its column `acl`. Throws as `aclColumnFor`. */
export async function ownerAndAcl(
  context: ServiceContext,
  bucket: Bucket,
  identity: Identity,
  requested: RequestedAcl | undefined,
): Promise<{ readonly ownerId: UserId; readonly acl: string | null }> {
  const ownerId = ownerOfNewObject(bucket, identity, requested);
  const isBucketOwners = ownerId === bucket.ownerId || identity.kind === 'anonymous';
  const canonicalId = isBucketOwners ? bucket.ownerCanonicalId : identity.canonicalId;
  return { ownerId, acl: await aclColumnFor(context, bucket, canonicalId, requested) };
}

/** An unused version id. */
export function freshVersionId(): VersionId {
  return newVersionId(randomName(VERSION_ID_BYTES));
}

/** Refuses a lock before the body where the bucket has no Object Lock; the command decides. Throws InvalidRequest. */
export function requireLockPossible(bucket: Pick<Bucket, 'objectLock'>, { retention, legalHold }: RequestedLock): void {
  if (retention !== undefined || legalHold !== undefined) requireBucketLock(bucket.objectLock);
}
