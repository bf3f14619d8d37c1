import { deleteUpload, uploadKeySchema } from '../../../contract/uploads.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { parseUploadId } from '../../../domain/upload-id.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { abortUpload } from '../../../services/uploads/abort-upload.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const deleteUploadEndpoint = sessionEndpoint(deleteUpload, async (context, { session, params, query }) => {
  const bucket = bucketOfPath(params);
  const key = parseObjectKey(uploadKeySchema.parse(query).key);
  await authorize(context, { identity: session.identity, iamAction: 's3:AbortMultipartUpload', bucket, key });
  await abortUpload(context, { bucket, key, uploadId: parseUploadId(params.uploadId ?? '') });
  return { status: 204, body: undefined };
});
