import { putObjectTagging } from '../../services/objects/put-object-tagging.ts';
import { emptyResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';

/** DeleteObjectTagging: removes the tags of a version. */
export const deleteObjectTagging: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const named = namedVersion(request);
  const versionId = await putObjectTagging(context, { bucket, key, versionId: named }, []);
  return emptyResponse(204, versionId === undefined ? {} : { 'x-amz-version-id': versionId });
};
