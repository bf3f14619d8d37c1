import { deleteBucket } from '../../../contract/buckets.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { deleteBucket as removeBucket } from '../../../services/buckets/delete-bucket.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const deleteBucketEndpoint = sessionEndpoint(deleteBucket, async (context, { session, params }) => {
  const bucket = bucketOfPath(params);
  await authorize(context, { identity: session.identity, iamAction: 's3:DeleteBucket', bucket });
  await removeBucket(context, bucket);
  return { status: 204, body: undefined };
});
