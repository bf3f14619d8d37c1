import { getObjectTagging as readTags } from '../../services/objects/get-object-tagging.ts';
import { xmlResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { taggingXml } from '../xml/shapes/tagging.ts';

/** GetObjectTagging: the tags of a version; an object without tags has an empty set. */
export const getObjectTagging: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const named = namedVersion(request);
  const { tags, versionId } = await readTags(context, { bucket, key, versionId: named });
  return xmlResponse(taggingXml(tags), versionId === undefined ? {} : { 'x-amz-version-id': versionId });
};
