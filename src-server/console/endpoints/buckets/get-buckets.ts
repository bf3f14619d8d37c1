import { getBuckets } from '../../../contract/buckets.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { summariseBuckets } from '../../../services/buckets/summarise-buckets.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentBucket } from '../../present-bucket.ts';

export const getBucketsEndpoint = sessionEndpoint(getBuckets, async (context, { session }) => {
  const { identity } = session;
  await authorize(context, { identity, iamAction: 's3:ListAllMyBuckets' });
  const buckets = await summariseBuckets(context, identity);
  return { status: 200, body: { buckets: buckets.map(presentBucket) } };
});
