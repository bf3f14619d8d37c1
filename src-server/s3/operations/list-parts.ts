import { parseUploadId } from '../../domain/upload-id.ts';
import { listParts as listPartPage } from '../../services/uploads/list-parts.ts';
import { parseIntegerParameter, parsePageSize } from '../http/page-parameters.ts';
import { xmlResponse } from '../http/respond.ts';
import type { ObjectOperation } from '../operation.ts';
import { listPartsXml } from '../xml/shapes/list-parts-result.ts';

/** ListParts: the parts of an open upload, by number, in pages. */
export const listParts: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const limit = parsePageSize(request.query, 'max-parts');
  const after = parseIntegerParameter(request.query, 'part-number-marker') ?? 0;
  const uploadId = parseUploadId(request.query.get('uploadId') ?? '');
  const page = await listPartPage(context, { bucket, key, uploadId, after, limit });
  return xmlResponse(
    listPartsXml({
      ...page,
      bucket,
      key,
      uploadId,
      partNumberMarker: after,
      nextPartNumberMarker: page.isTruncated ? page.parts.at(-1)?.partNumber : undefined,
      maxParts: limit,
    }),
  );
};
