import { parseWriteCondition } from '../../domain/conditions.ts';
import { quoteETag } from '../../domain/etag.ts';
import { parseUploadId } from '../../domain/upload-id.ts';
import { completeUpload } from '../../services/uploads/complete-upload.ts';
import { parseFinalClaims } from '../http/final-claims.ts';
import { objectLocation } from '../http/object-location.ts';
import { DATE_CONDITIONS, refuseConditions } from '../http/parse-conditions.ts';
import { versionHeaders } from '../http/present-written.ts';
import { xmlResponse } from '../http/respond.ts';
import type { ObjectOperation } from '../operation.ts';
import { XML_LIMITS } from '../xml/limits.ts';
import { parseCompleteMultipartUpload } from '../xml/shapes/complete-multipart-upload.ts';
import { completeMultipartUploadXml } from '../xml/shapes/complete-multipart-upload-result.ts';

/** CompleteMultipartUpload: makes the listed parts the current version of the key. A retry gets the same answer. */
export const completeMultipartUpload: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const uploadId = parseUploadId(request.query.get('uploadId') ?? '');
  refuseConditions((name) => request.header(name), DATE_CONDITIONS);
  const condition = parseWriteCondition(request.header('if-match'), request.header('if-none-match'));
  const claims = parseFinalClaims(request);
  const body = await request.body.readAll(XML_LIMITS.completeMultipartUpload.maxBytes);
  const listed = parseCompleteMultipartUpload(body);
  const completed = await completeUpload(context, { bucket, key, uploadId, listed, claims, condition });
  const xml = completeMultipartUploadXml({
    location: objectLocation(context, request, bucket, key),
    bucket,
    key,
    etag: quoteETag(completed.etag),
    checksum: completed.checksum,
  });
  return xmlResponse(xml, versionHeaders(completed, request.userAgent));
};
