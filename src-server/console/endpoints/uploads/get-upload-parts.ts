import { getUploadParts, listPartsSchema } from '../../../contract/uploads.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { parseUploadId } from '../../../domain/upload-id.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { listParts } from '../../../services/uploads/list-parts.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const getUploadPartsEndpoint = sessionEndpoint(getUploadParts, async (context, { session, params, query }) => {
  const { after, limit, ...asked } = listPartsSchema.parse(query);
  const bucket = bucketOfPath(params);
  const key = parseObjectKey(asked.key);
  await authorize(context, { identity: session.identity, iamAction: 's3:ListMultipartUploadParts', bucket, key });
  const uploadId = parseUploadId(params.uploadId ?? '');
  const page = await listParts(context, { bucket, key, uploadId, after, limit });
  const parts = page.parts.map(({ partNumber, sizeBytes, etag, checksum }) => ({
    partNumber,
    sizeBytes,
    etag,
    crc64nvme: checksum,
  }));
  return { status: 200, body: { parts, nextAfter: page.isTruncated ? (parts.at(-1)?.partNumber ?? null) : null } };
});
