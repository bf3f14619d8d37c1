import { createUploadSchema, postUpload } from '../../../contract/uploads.ts';
import { DEFAULT_CHECKSUM_PLAN } from '../../../domain/checksum.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { createUpload } from '../../../services/uploads/create-upload.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { uploadedAttributes } from '../../uploaded-attributes.ts';

export const postUploadEndpoint = sessionEndpoint(postUpload, async (context, { session, params, body }) => {
  const asked = createUploadSchema.parse(body);
  const bucket = bucketOfPath(params);
  const key = parseObjectKey(asked.key);
  const { identity } = session;
  await authorize(context, { identity, iamAction: 's3:PutObject', bucket, key });
  const attributes = uploadedAttributes(asked);
  const checksumPlan = DEFAULT_CHECKSUM_PLAN;
  const { uploadId } = await createUpload(context, { identity, bucket, key, attributes, checksumPlan });
  return { status: 201, body: { uploadId } };
});
