import { listObjects as listPage } from '../../services/objects/list-objects.ts';
import { parseEncodingType, parsePageSize } from '../http/page-parameters.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { listBucketV1Xml } from '../xml/shapes/list-bucket-result.ts';

/** ListObjects: a page of current objects by key, in the older form. */
export const listObjects: BucketOperation = async (context, request) => {
  const { query } = request;
  const { bucket } = request.target;
  const marker = query.get('marker') ?? '';
  const asked = {
    bucket,
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: parsePageSize(query, 'max-keys'),
    encodingType: parseEncodingType(query),
  };
  const page = await listPage(context, { ...asked, after: marker, limit: asked.maxKeys });
  return xmlResponse(listBucketV1Xml({ ...asked, ...page, marker }));
};
