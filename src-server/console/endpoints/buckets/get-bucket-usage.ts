import { getBucketUsage } from '../../../contract/bucket-settings.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { breakDownUsage } from '../../../services/buckets/break-down-usage.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getBucketUsageEndpoint = sessionEndpoint(getBucketUsage, async (context, { session, params }) => {
  const bucket = bucketOfPath(params);
  await authorize(context, { identity: session.identity, iamAction: 's3:ListBucketVersions', bucket });
  const usage = await breakDownUsage(context, bucket);
  const totalBytes = usage.currentBytes + usage.olderBytes + usage.uploadBytes + usage.binnedBytes;
  return { status: 200, body: { ...usage, totalBytes } };
});
