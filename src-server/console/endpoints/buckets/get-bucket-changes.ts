import { getBucketChanges, listChangesSchema } from '../../../contract/bucket-changes.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listBucketChanges } from '../../../services/buckets/list-bucket-changes.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { presentChanges } from '../../present-change.ts';

export const getBucketChangesEndpoint = sessionEndpoint(
  getBucketChanges,
  async (context, { session, params, query }) => {
    const bucket = bucketOfPath(params);
    const { cursor, limit } = listChangesSchema.parse(query);
    await authorize(context, { identity: session.identity, iamAction: 's3:GetBucketVersioning', bucket });
    const page = await listBucketChanges(context, bucket, { below: cursor ?? Number.MAX_SAFE_INTEGER, limit });
    return { status: 200, body: presentChanges(page) };
  },
);
