import { postRewindPreview, rewindPreviewSchema } from '../../../contract/folder-history.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { previewRewind } from '../../../services/history/preview-rewind.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { checkedItems } from '../../operation-request.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const postRewindPreviewEndpoint = sessionEndpoint(
  postRewindPreview,
  async (context, { session, params, body }) => {
    const { items, atMs } = rewindPreviewSchema.parse(body);
    const bucket = bucketOfPath(params);
    await authorize(context, { identity: session.identity, iamAction: 's3:ListBucketVersions', bucket });
    return { status: 200, body: await previewRewind(context, { bucket, items: checkedItems(items), atMs }) };
  },
);
