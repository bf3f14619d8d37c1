import { putObjectAcl as putObjectAclOf } from '../../services/objects/put-object-acl.ts';
import { aclOfRequest } from '../http/requested-acl.ts';
import { emptyResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';

/** PutObjectAcl: replaces the ACL of a version. */
export const putObjectAcl: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const named = namedVersion(request);
  const requested = await aclOfRequest(request);
  const versionId = await putObjectAclOf(context, { bucket, key, versionId: named }, requested);
  return emptyResponse(200, versionId === undefined ? {} : { 'x-amz-version-id': versionId });
};
