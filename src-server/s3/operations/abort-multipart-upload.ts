import { parseUploadId } from '../../domain/upload-id.ts';
import { abortUpload } from '../../services/uploads/abort-upload.ts';
import { emptyResponse } from '../http/respond.ts';
import type { ObjectOperation } from '../operation.ts';

/** AbortMultipartUpload: ends an upload and releases its parts; NoSuchUpload the second time. */
export const abortMultipartUpload: ObjectOperation = async (context, request) => {
  const uploadId = parseUploadId(request.query.get('uploadId') ?? '');
  const { bucket, key } = request.target;
  await abortUpload(context, { bucket, key, uploadId });
  return emptyResponse(204);
};
