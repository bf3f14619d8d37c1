import type * as z from 'zod';
import { patchBucket, patchBucketSchema } from '../../../contract/bucket-settings.ts';
import type { BucketLock } from '../../../domain/bucket-lock.ts';
import type { BucketEncryption } from '../../../domain/bucket-settings.ts';
import { changeSettings, type SettingChanges } from '../../../services/buckets/change-settings.ts';
import { describeBucket } from '../../../services/buckets/describe-bucket.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { presentBucketDetail } from '../../present-bucket.ts';

const AES256: BucketEncryption = { algorithm: 'AES256', bucketKeyEnabled: false };

export const patchBucketEndpoint = sessionEndpoint(patchBucket, async (context, { session, params, body }) => {
  const bucket = bucketOfPath(params);
  await changeSettings(context, session.identity, bucket, toChanges(patchBucketSchema.parse(body)));
  return { status: 200, body: presentBucketDetail(await describeBucket(context, session.identity, bucket)) };
});

function toChanges(asked: z.output<typeof patchBucketSchema>): SettingChanges {
  const { versioning, encryption, cors, tags, speaksSosapi, objectLock } = asked;
  return {
    ...accessChanges(asked),
    ...(versioning === undefined ? {} : { versioning: versioning === 'enabled' ? 'Enabled' : 'Suspended' }),
    ...(objectLock === undefined ? {} : { versioning: 'Enabled', objectLock: toLock(objectLock) }),
    ...(encryption === undefined ? {} : { encryption: encryption === 'off' ? undefined : AES256 }),
    ...(cors === undefined ? {} : { cors: cors.length === 0 ? undefined : cors.map(toCorsRule) }),
    ...(speaksSosapi === undefined ? {} : { speaksSosapi }),
    ...(tags === undefined ? {} : { tags: tags.length === 0 ? undefined : tags }),
  };
}

function accessChanges(asked: z.output<typeof patchBucketSchema>): SettingChanges {
  const { ownership, publicAccessBlock, policy, quotaBytes, quotaObjects } = asked;
  return {
    ...(ownership === undefined ? {} : { ownership }),
    ...(publicAccessBlock === undefined ? {} : { publicAccessBlock }),
    ...(policy === undefined ? {} : { policy: policy ?? undefined }),
    ...(quotaBytes === undefined ? {} : { quotaBytes: quotaBytes ?? undefined }),
    ...(quotaObjects === undefined ? {} : { quotaObjects: quotaObjects ?? undefined }),
  };
}

function toLock({ defaultRetention }: NonNullable<z.output<typeof patchBucketSchema>['objectLock']>): BucketLock {
  return { enabled: true, defaultRetention: defaultRetention ?? undefined };
}

function toCorsRule(rule: NonNullable<z.output<typeof patchBucketSchema>['cors']>[number]) {
  return { ...rule, id: rule.id, maxAgeSeconds: rule.maxAgeSeconds };
}
