import { parseChecksumPlan } from '../../domain/checksum.ts';
import { createUpload } from '../../services/uploads/create-upload.ts';
import { encryptionHeaders } from '../http/encryption-headers.ts';
import { requestedLock } from '../http/object-lock-headers.ts';
import { parseObjectAttributes } from '../http/parse-object-attributes.ts';
import { xmlResponse } from '../http/respond.ts';
import type { ObjectOperation } from '../operation.ts';
import { initiateMultipartUploadXml } from '../xml/shapes/initiate-multipart-upload-result.ts';

/** CreateMultipartUpload: opens an upload and fixes everything of its object but the bytes. */
export const createMultipartUpload: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const attributes = parseObjectAttributes(request, await requestedLock(context, request, request.target));
  const checksumPlan = parseChecksumPlan(
    request.header('x-amz-checksum-algorithm'),
    request.header('x-amz-checksum-type'),
  );
  const { identity } = request;
  const upload = await createUpload(context, { identity, bucket, key, attributes, checksumPlan });
  return xmlResponse(initiateMultipartUploadXml({ bucket, key, uploadId: upload.uploadId }), {
    ...encryptionHeaders(upload.isEncrypted),
    ...(checksumPlan !== undefined && {
      'x-amz-checksum-algorithm': checksumPlan.algorithm,
      'x-amz-checksum-type': checksumPlan.type,
    }),
  });
};
