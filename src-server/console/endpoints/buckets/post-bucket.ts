import { createBucketSchema, postBucket } from '../../../contract/buckets.ts';
import { parseBucketName } from '../../../domain/bucket-name.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { createBucket } from '../../../services/buckets/create-bucket.ts';
import { summariseBucket } from '../../../services/buckets/summarise-buckets.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentBucket } from '../../present-bucket.ts';

export const postBucketEndpoint = sessionEndpoint(postBucket, async (context, { session, body }) => {
  const asked = createBucketSchema.parse(body);
  const { identity } = session;
  const name = parseBucketName(asked.name);
  await authorize(context, { identity, iamAction: 's3:CreateBucket', bucket: name });
  await createBucket(context, identity, {
    name,
    location: null,
    ownership: 'BucketOwnerEnforced',
    tags: [],
    versioning: asked.versioning ? 'Enabled' : 'Off',
  });
  return { status: 201, body: presentBucket(await summariseBucket(context, identity, name)) };
});
