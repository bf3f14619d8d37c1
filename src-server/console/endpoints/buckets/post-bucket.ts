import type { BucketLockSettings } from '../../../contract/bucket-lock.ts';
import { BUCKET_PRESETS, type BucketPreset } from '../../../contract/bucket-presets.ts';
import { createBucketSchema, postBucket } from '../../../contract/buckets.ts';
import type { BucketLock } from '../../../domain/bucket-lock.ts';
import { parseBucketName } from '../../../domain/bucket-name.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { createBucket } from '../../../services/buckets/create-bucket.ts';
import { summariseBucket } from '../../../services/buckets/summarise-buckets.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentBucket } from '../../present-bucket.ts';

/** What a bucket without a purpose gets. */
const NO_PRESET: BucketPreset = {
  versioning: true,
  encryption: 'off',
  cors: [],
  locks: 'on-request',
  speaksSosapi: false,
};
const LOCK_WITHOUT_DEFAULT: BucketLock = { enabled: true, defaultRetention: undefined };

export const postBucketEndpoint = sessionEndpoint(postBucket, async (context, { session, body }) => {
  const asked = createBucketSchema.parse(body);
  const { identity } = session;
  const name = parseBucketName(asked.name);
  await authorize(context, { identity, iamAction: 's3:CreateBucket', bucket: name });
  const preset = asked.preset === undefined ? NO_PRESET : BUCKET_PRESETS[asked.preset];
  const encryption = asked.encryption ?? preset.encryption;
  const byPreset = preset.locks === 'always' ? LOCK_WITHOUT_DEFAULT : undefined;
  await createBucket(context, identity, {
    name,
    location: null,
    tags: [],
    objectLock: asked.objectLock === undefined ? byPreset : lockOf(asked.objectLock),
    speaksSosapi: preset.speaksSosapi,
    versioning: (asked.versioning ?? preset.versioning) ? 'Enabled' : 'Off',
    encryption: encryption === 'off' ? undefined : { algorithm: encryption, bucketKeyEnabled: false },
    cors:
      preset.cors.length === 0
        ? undefined
        : preset.cors.map((rule) => ({ ...rule, id: rule.id, maxAgeSeconds: rule.maxAgeSeconds })),
  });
  return { status: 201, body: presentBucket(await summariseBucket(context, identity, name)) };
});

function lockOf({ defaultRetention }: BucketLockSettings): BucketLock {
  return { enabled: true, defaultRetention: defaultRetention ?? undefined };
}
