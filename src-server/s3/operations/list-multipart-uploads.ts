import { listMultipartUploads as listUploads } from '../../services/uploads/list-multipart-uploads.ts';
import { parseEncodingType, parsePageSize } from '../http/page-parameters.ts';
import { xmlResponse } from '../http/respond.ts';
import { nameEncoder } from '../http/url-encode.ts';
import type { BucketOperation } from '../operation.ts';
import { listMultipartUploadsXml } from '../xml/shapes/list-multipart-uploads-result.ts';

/** ListMultipartUploads: open uploads by key, then by time, in pages, grouped by a delimiter where one is named. */
export const listMultipartUploads: BucketOperation = async (context, request) => {
  const { bucket } = request.target;
  const { query } = request;
  const encodingType = parseEncodingType(query);
  const limit = parsePageSize(query, 'max-uploads');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  // AWS ignores the one without the other.
  const uploadIdMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? '');
  const listing = await listUploads(context, { bucket, prefix, delimiter, keyMarker, uploadIdMarker, limit });
  const result = {
    ...listing,
    bucket,
    prefix,
    delimiter: delimiter === '' ? undefined : delimiter,
    keyMarker,
    uploadIdMarker,
    nextKeyMarker: listing.next?.keyMarker,
    nextUploadIdMarker: listing.next?.uploadIdMarker,
    maxUploads: limit,
    isTruncated: listing.next !== undefined,
    encodingType,
  };
  return xmlResponse(listMultipartUploadsXml(result, nameEncoder(encodingType)));
};
