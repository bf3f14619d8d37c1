import { type FolderViewAnswer, folderViewQuerySchema, getFolderView } from '../../../contract/folder-view.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { requireBucket } from '../../../services/buckets/require-bucket.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { conditionsOf, pageOf, presentRow, sortingOf } from '../../view-request.ts';

export const getFolderViewEndpoint = sessionEndpoint(getFolderView, async (context, { session, params, query }) => {
  const asked = folderViewQuerySchema.parse(query);
  const bucket = bucketOfPath(params);
  const { identity } = session;
  await authorize(context, { identity, iamAction: 's3:ListBucket', bucket });
  const withDeleted = asked.deleted !== undefined;
  if (withDeleted) await authorize(context, { identity, iamAction: 's3:ListBucketVersions', bucket });
  const conditions = conditionsOf(asked);
  const { id } = await requireBucket(context, bucket);
  const page = await context.views.page({
    ...pageOf(asked),
    spec: {
      scopes: [{ bucketId: id, prefix: asked.prefix }],
      content: conditions === undefined ? { kind: 'folder', withDeleted } : { kind: 'search', conditions },
      sorting: sortingOf(asked),
    },
    locate: asked.locate,
  });
  const body: FolderViewAnswer = { ...page, rows: page.rows.map(presentRow) };
  return { status: 200, body };
});
