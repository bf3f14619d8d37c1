import { putObjectTagging as replaceTags } from '../../services/objects/put-object-tagging.ts';
import { emptyResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { CONFIGURATION_BYTES } from '../operation-table/row.ts';
import { parseTagging } from '../xml/shapes/tagging.ts';

/** PutObjectTagging: replaces the tags of a version. */
export const putObjectTagging: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const named = await namedVersion(context, request, 's3:PutObjectVersionTagging');
  const tags = parseTagging(await request.body.readAll(CONFIGURATION_BYTES));
  const versionId = await replaceTags(context, { bucket, key, versionId: named }, tags);
  return emptyResponse(200, versionId === undefined ? {} : { 'x-amz-version-id': versionId });
};
