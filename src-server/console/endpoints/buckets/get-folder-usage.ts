import { folderUsageQuerySchema, getFolderUsage } from '../../../contract/folder-usage.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { measureFolders } from '../../../services/buckets/measure-folders.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getFolderUsageEndpoint = sessionEndpoint(getFolderUsage, async (context, { session, params, query }) => {
  const bucket = bucketOfPath(params);
  const { prefix } = folderUsageQuerySchema.parse(query);
  await authorize(context, { identity: session.identity, iamAction: 's3:ListBucketVersions', bucket });
  const fill = await measureFolders(context, bucket, prefix);
  return { status: 200, body: { prefix, ...fill, folders: [...fill.folders] } };
});
