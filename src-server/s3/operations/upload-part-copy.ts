import { quoteETag } from '../../domain/etag.ts';
import { parsePartNumber } from '../../domain/part-rules.ts';
import { parseUploadId } from '../../domain/upload-id.ts';
import { copyPart } from '../../services/uploads/copy-part.ts';
import { encryptionHeaders } from '../http/encryption-headers.ts';
import { parseReadConditions } from '../http/parse-conditions.ts';
import { readableCopySource } from '../http/readable-copy-source.ts';
import { xmlResponse } from '../http/respond.ts';
import type { ObjectOperation } from '../operation.ts';
import { copyPartXml } from '../xml/shapes/copy-part-result.ts';

/** UploadPartCopy: makes an object, or bytes of one, a part of an upload. */
export const uploadPartCopy: ObjectOperation = async (context, request) => {
  const partNumber = parsePartNumber(request.query.get('partNumber') ?? '');
  const source = await readableCopySource(context, request);
  const { bucket, key } = request.target;
  const part = await copyPart(context, {
    bucket,
    key,
    uploadId: parseUploadId(request.query.get('uploadId') ?? ''),
    partNumber,
    source,
    range: request.header('x-amz-copy-source-range'),
    conditions: parseReadConditions((name) => request.header(name), context.now(), 'x-amz-copy-source-'),
    signal: request.signal,
  });
  const xml = copyPartXml({
    etag: quoteETag(part.etag),
    modifiedMs: part.modifiedMs,
    checksum: part.isChecksumShown ? part.checksum : undefined,
  });
  return xmlResponse(xml, {
    ...(part.sourceVersionId !== undefined && { 'x-amz-copy-source-version-id': part.sourceVersionId }),
    ...encryptionHeaders(part.isEncrypted),
  });
};
