import { getBucketQuota } from '../../../contract/bucket-quota.ts';
import { describeQuota } from '../../../services/buckets/describe-quota.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { presentQuota } from '../../present-quota.ts';

export const getBucketQuotaEndpoint = sessionEndpoint(getBucketQuota, async (context, { session, params }) => {
  return { status: 200, body: presentQuota(await describeQuota(context, session.identity, bucketOfPath(params))) };
});
