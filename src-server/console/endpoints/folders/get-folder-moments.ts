import type * as z from 'zod';
import { type folderMomentsSchema, getFolderMoments, momentsQuerySchema } from '../../../contract/folder-history.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listFolderMoments } from '../../../services/history/list-moments.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getFolderMomentsEndpoint = sessionEndpoint(
  getFolderMoments,
  async (context, { session, params, query }) => {
    const { prefix } = momentsQuerySchema.parse(query);
    const bucket = bucketOfPath(params);
    await authorize(context, { identity: session.identity, iamAction: 's3:ListBucketVersions', bucket });
    const { moments, isComplete } = await listFolderMoments(context, { bucket, prefix });
    const body: z.infer<typeof folderMomentsSchema> = { moments: [...moments], isComplete };
    return { status: 200, body };
  },
);
