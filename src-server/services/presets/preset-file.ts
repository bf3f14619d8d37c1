import type { ProvisionedBucket } from '../../commands/support/provision-bucket.ts';
import type { Provisioning } from '../../config/provisioning.ts';
import { s3Arn } from '../../domain/arn-names.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { AccessKeyPair } from '../access/new-credentials.ts';

/** Programs that `stowage preset` knows. */
export const PRESET_NAMES = ['veeam', 'restic', 'kopia', 'duplicati', 'rclone'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/**
 * Programs that lock what they store, each object for itself: their buckets have Object Lock and no default retention (Veeam's guide wants it so).
 * The others never set a lock: a locked bucket would only keep what they prune.
 */
const LOCKING: ReadonlySet<PresetName> = new Set(['veeam', 'kopia']);

const MAX_USER_NAME = 64;

/** The user that a preset makes for its bucket. */
export function presetUser(preset: PresetName, bucket: BucketName): string {
  return `${preset}-${bucket}`.slice(0, MAX_USER_NAME);
}

/** A bucket, and a user that may do everything in it and nothing besides, as a provisioning file would say it. */
export function presetFile({
  bucket,
  user,
  pair,
}: {
  readonly bucket: BucketName;
  readonly user: string;
  readonly pair: AccessKeyPair;
}): Provisioning {
  return {
    users: [{ name: user, role: 'none', accessKeys: [pair], policies: [onlyThisBucket(bucket)] }],
    buckets: [{ name: bucket, owner: user }],
  };
}

/** What a preset sets beside what provisioning files can say. */
export function presetBucket(preset: PresetName): Pick<ProvisionedBucket, 'objectLock' | 'speaksSosapi'> {
  return {
    ...(LOCKING.has(preset) && { objectLock: { enabled: true, defaultRetention: undefined } }),
    ...(preset === 'veeam' && { speaksSosapi: true }),
  };
}

/** No bypass of governance, no policy, no deletion of the bucket: a program that was taken over shall not undo its own protection. */
function onlyThisBucket(bucket: BucketName): { kind: 'inline'; name: string; document: string } {
  const document = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' },
      { Effect: 'Allow', Action: 's3:*', Resource: [s3Arn(bucket), s3Arn(bucket, '*')] },
      {
        Effect: 'Deny',
        Action: [
          's3:BypassGovernanceRetention',
          's3:DeleteBucket',
          's3:DeleteBucketPolicy',
          's3:PutBucketPolicy',
          's3:PutBucketAcl',
          's3:PutBucketObjectLockConfiguration',
          's3:PutBucketPublicAccessBlock',
          's3:PutBucketVersioning',
          's3:PutLifecycleConfiguration',
        ],
        Resource: '*',
      },
    ],
  };
  return { kind: 'inline', name: 'only-this-bucket', document: JSON.stringify(document) };
}
