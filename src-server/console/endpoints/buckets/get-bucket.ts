import { getBucket } from '../../../contract/bucket-settings.ts';
import { describeBucket } from '../../../services/buckets/describe-bucket.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { presentBucketDetail } from '../../present-bucket.ts';

export const getBucketEndpoint = sessionEndpoint(getBucket, async (context, { session, params }) => ({
  status: 200,
  body: presentBucketDetail(await describeBucket(context, session.identity, bucketOfPath(params))),
}));
