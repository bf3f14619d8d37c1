import { checksumHeader } from '../../domain/checksum.ts';
import { quoteETag } from '../../domain/etag.ts';
import { parsePartNumber } from '../../domain/part-rules.ts';
import { parseUploadId } from '../../domain/upload-id.ts';
import { putPart } from '../../services/uploads/put-part.ts';
import { encryptionHeaders } from '../http/encryption-headers.ts';
import { emptyResponse } from '../http/respond.ts';
import type { ObjectOperation } from '../operation.ts';

/** UploadPart: stores a part, in place of the one that has its number. */
export const uploadPart: ObjectOperation = async (context, request) => {
  const partNumber = parsePartNumber(request.query.get('partNumber') ?? '');
  const uploadId = parseUploadId(request.query.get('uploadId') ?? '');
  const { bucket, key } = request.target;
  const part = await putPart(context, { bucket, key, uploadId, partNumber, body: request.body });
  return emptyResponse(200, {
    ETag: quoteETag(part.etag),
    [checksumHeader(part.checksum.algorithm)]: part.checksum.value,
    ...encryptionHeaders(part.isEncrypted),
  });
};
