import { getObjectOwner } from '../../services/objects/get-object-owner.ts';
import { xmlResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { ownerOnlyAclXml } from '../xml/shapes/access-control-policy.ts';

/** GetObjectAcl: every object is private to its owner. */
export const getObjectAcl: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const versionId = namedVersion(request);
  const owner = await getObjectOwner(context, bucket, key, versionId);
  return xmlResponse(ownerOnlyAclXml(owner));
};
