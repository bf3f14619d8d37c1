import { completeUploadSchema, postUploadCompletion } from '../../../contract/uploads.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { parseUploadId } from '../../../domain/upload-id.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { completeUpload } from '../../../services/uploads/complete-upload.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { conditionOf } from '../../uploaded-attributes.ts';

export const postUploadCompletionEndpoint = sessionEndpoint(
  postUploadCompletion,
  async (context, { session, params, body }) => {
    const { parts, sizeBytes, crc64nvme, rule, ...asked } = completeUploadSchema.parse(body);
    const bucket = bucketOfPath(params);
    const key = parseObjectKey(asked.key);
    await authorize(context, { identity: session.identity, iamAction: 's3:PutObject', bucket, key });
    const completed = await completeUpload(context, {
      bucket,
      key,
      uploadId: parseUploadId(params.uploadId ?? ''),
      listed: parts.map((part) => ({ ...part, checksum: undefined })),
      claims: {
        checksum: crc64nvme === undefined ? undefined : { algorithm: 'CRC64NVME', value: crc64nvme },
        type: undefined,
        sizeBytes,
      },
      condition: conditionOf(rule),
    });
    return { status: 200, body: { key, etag: completed.etag, crc64nvme: completed.checksum.value } };
  },
);
