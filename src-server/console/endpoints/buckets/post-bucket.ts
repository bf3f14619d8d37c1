import { BUCKET_PRESETS, type BucketPreset } from '../../../contract/bucket-presets.ts';
import { createBucketSchema, postBucket } from '../../../contract/buckets.ts';
import { parseBucketName } from '../../../domain/bucket-name.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { createBucket } from '../../../services/buckets/create-bucket.ts';
import { summariseBucket } from '../../../services/buckets/summarise-buckets.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentBucket } from '../../present-bucket.ts';

/** What a bucket without a purpose gets. */
const NO_PRESET: BucketPreset = { versioning: true, encryption: 'off', cors: [] };

export const postBucketEndpoint = sessionEndpoint(postBucket, async (context, { session, body }) => {
  const asked = createBucketSchema.parse(body);
  const { identity } = session;
  const name = parseBucketName(asked.name);
  await authorize(context, { identity, iamAction: 's3:CreateBucket', bucket: name });
  const preset = asked.preset === undefined ? NO_PRESET : BUCKET_PRESETS[asked.preset];
  const encryption = asked.encryption ?? preset.encryption;
  await createBucket(context, identity, {
    name,
    location: null,
    tags: [],
    versioning: (asked.versioning ?? preset.versioning) ? 'Enabled' : 'Off',
    encryption: encryption === 'off' ? undefined : { algorithm: encryption, bucketKeyEnabled: false },
    cors:
      preset.cors.length === 0
        ? undefined
        : preset.cors.map((rule) => ({ ...rule, id: rule.id, maxAgeSeconds: rule.maxAgeSeconds })),
  });
  return { status: 201, body: presentBucket(await summariseBucket(context, identity, name)) };
});
