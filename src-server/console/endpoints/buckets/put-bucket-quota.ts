import { putBucketQuota, putBucketQuotaSchema } from '../../../contract/bucket-quota.ts';
import { describeQuota } from '../../../services/buckets/describe-quota.ts';
import { putBucketQuota as storeQuota } from '../../../services/buckets/put-bucket-quota.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { presentQuota } from '../../present-quota.ts';

export const putBucketQuotaEndpoint = sessionEndpoint(putBucketQuota, async (context, { session, params, body }) => {
  const bucket = bucketOfPath(params);
  const { quotaBytes, quotaObjects } = putBucketQuotaSchema.parse(body);
  await storeQuota(context, session.identity, bucket, {
    ...(quotaBytes === undefined ? {} : { quotaBytes: quotaBytes ?? undefined }),
    ...(quotaObjects === undefined ? {} : { quotaObjects: quotaObjects ?? undefined }),
  });
  return { status: 200, body: presentQuota(await describeQuota(context, session.identity, bucket)) };
});
