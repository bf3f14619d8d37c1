import type { BucketField } from '../../commands/support/change-bucket.ts';
import type { BucketLock } from '../../domain/bucket-lock.ts';
import type { BucketName } from '../../domain/ids.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { putBucketObjectLock } from '../locks/put-bucket-object-lock.ts';
import { storeBucketAcl } from './put-bucket-acl.ts';
import { putBucketCors } from './put-bucket-cors.ts';
import { putBucketEncryption } from './put-bucket-encryption.ts';
import { putBucketOwnershipControls } from './put-bucket-ownership-controls.ts';
import { putBucketPolicy } from './put-bucket-policy.ts';
import { putBucketQuota, QUOTA_ACTION } from './put-bucket-quota.ts';
import { putBucketRequestPayment } from './put-bucket-request-payment.ts';
import { putBucketSosapi } from './put-bucket-sosapi.ts';
import { putBucketTagging } from './put-bucket-tagging.ts';
import { putBucketVersioning } from './put-bucket-versioning.ts';
import { putPublicAccessBlock } from './put-public-access-block.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** What each setting asks of who changes it. */
export const CHANGE_ACTIONS: Readonly<Record<BucketField, string>> = {
  versioning: 's3:PutBucketVersioning',
  encryption: 's3:PutEncryptionConfiguration',
  cors: 's3:PutBucketCORS',
  tags: 's3:PutBucketTagging',
  ownership: 's3:PutBucketOwnershipControls',
  speaksSosapi: 'stowage:PutBucketSosapi',
  quotaBytes: QUOTA_ACTION,
  quotaObjects: QUOTA_ACTION,
  policy: 's3:PutBucketPolicy',
  publicAccessBlock: 's3:PutBucketPublicAccessBlock',
  requestPayer: 's3:PutBucketRequestPayment',
  acl: 's3:PutBucketAcl',
  objectLock: 's3:PutBucketObjectLockConfiguration',
};

/** Settings to be set; a field that is there and undefined removes what stands. Versioning cannot go back to `Off`, nor Object Lock. */
export type SettingChanges = {
  readonly [F in Exclude<BucketField, 'versioning' | 'objectLock'>]?: Bucket[F];
} & { readonly versioning?: 'Enabled' | 'Suspended'; readonly objectLock?: BucketLock };

/**
 * Changes settings of a bucket as S3's own operations do, each authorized by its own action before any is changed.
 * Throws AccessDenied, NoSuchBucket, and what the settings' rules refuse.
 */
export async function changeSettings(
  context: ServiceContext,
  identity: Identity,
  bucket: BucketName,
  changes: SettingChanges,
): Promise<void> {
  const actions = Object.entries(CHANGE_ACTIONS).flatMap(([field, action]) => (field in changes ? [action] : []));
  for (const iamAction of actions) await authorize(context, { identity, iamAction, bucket });
  if (changes.versioning !== undefined) await putBucketVersioning(context, identity, bucket, changes.versioning);
  if (changes.objectLock !== undefined) await putBucketObjectLock(context, identity, bucket, changes.objectLock);
  if ('encryption' in changes) await putBucketEncryption(context, identity, bucket, changes.encryption);
  if ('cors' in changes) await putBucketCors(context, identity, bucket, changes.cors);
  if ('tags' in changes) await putBucketTagging(context, identity, bucket, changes.tags);
  if (changes.speaksSosapi !== undefined) await putBucketSosapi(context, identity, bucket, changes.speaksSosapi);
  if ('ownership' in changes) await putBucketOwnershipControls(context, identity, bucket, changes.ownership);
  const quota = {
    ...('quotaBytes' in changes ? { quotaBytes: changes.quotaBytes } : {}),
    ...('quotaObjects' in changes ? { quotaObjects: changes.quotaObjects } : {}),
  };
  if (Object.keys(quota).length > 0) await putBucketQuota(context, identity, bucket, quota);
  if ('acl' in changes) await storeBucketAcl(context, identity, await requireBucket(context, bucket), changes.acl);
  if ('publicAccessBlock' in changes) await putPublicAccessBlock(context, identity, bucket, changes.publicAccessBlock);
  if ('policy' in changes) await putBucketPolicy(context, identity, bucket, changes.policy);
  if ('requestPayer' in changes) await putBucketRequestPayment(context, identity, bucket, changes.requestPayer);
}
