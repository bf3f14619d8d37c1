import { putPartQuerySchema, putUploadPart, type UploadPart } from '../../../contract/uploads.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { parsePartNumber } from '../../../domain/part-rules.ts';
import { parseUploadId } from '../../../domain/upload-id.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { putPart } from '../../../services/uploads/put-part.ts';
import { checkedBody } from '../../checked-body.ts';
import { countedBody } from '../../counted-body.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const putUploadPartEndpoint = sessionEndpoint(
  putUploadPart,
  async (context, { session, params, query, upload }) => {
    if (upload === undefined) throw new Error('the route has an upload');
    const asked = putPartQuerySchema.parse(query);
    const bucket = bucketOfPath(params);
    const key = parseObjectKey(asked.key);
    await authorize(context, { identity: session.identity, iamAction: 's3:PutObject', bucket, key });
    const uploadId = parseUploadId(params.uploadId ?? '');
    const partNumber = parsePartNumber(params.partNumber ?? '');
    const counted = countedBody(checkedBody(upload.body(), asked.crc64nvme));
    const stored = await putPart(context, { bucket, key, uploadId, partNumber, body: counted.body });
    const part: UploadPart = {
      partNumber,
      sizeBytes: counted.sizeBytes(),
      etag: stored.etag,
      crc64nvme: stored.checksum.value,
    };
    return { status: 200, body: part };
  },
);
