import { listObjects as listPage } from '../../services/objects/list-objects.ts';
import { formatContinuationToken, parseContinuationToken } from '../http/continuation-token.ts';
import { parseEncodingType, parsePageSize } from '../http/page-parameters.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { listBucketV2Xml } from '../xml/shapes/list-bucket-result.ts';

/** ListObjectsV2: a page of current objects by key. A continuation token outweighs start-after. */
export const listObjectsV2: BucketOperation = async (context, request) => {
  const { query } = request;
  const { bucket } = request.target;
  const continuationToken = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const asked = {
    bucket,
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: parsePageSize(query, 'max-keys'),
    encodingType: parseEncodingType(query),
  };
  const after = continuationToken === undefined ? (startAfter ?? '') : parseContinuationToken(continuationToken);
  const page = await listPage(context, { ...asked, after, limit: asked.maxKeys });
  return xmlResponse(
    listBucketV2Xml({
      ...asked,
      ...page,
      continuationToken,
      nextContinuationToken: page.next === undefined ? undefined : formatContinuationToken(page.next),
      startAfter,
      withOwner: query.get('fetch-owner') === 'true',
    }),
  );
};
