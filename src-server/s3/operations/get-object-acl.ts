import { getObjectOwner } from '../../services/objects/get-object-owner.ts';
import { xmlResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { aclXml } from '../xml/shapes/access-control-policy.ts';

/** GetObjectAcl. */
export const getObjectAcl: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const owner = await getObjectOwner(context, bucket, key, namedVersion(request));
  return xmlResponse(aclXml(owner, owner.acl));
};
