import { parseVersionId } from '../../domain/version-id.ts';
import { getObjectOwner } from '../../services/objects/get-object-owner.ts';
import { xmlResponse } from '../http/respond.ts';
import type { ObjectOperation } from '../operation.ts';
import { ownerOnlyAclXml } from '../xml/shapes/access-control-policy.ts';

/** GetObjectAcl: every object is private to its owner. */
export const getObjectAcl: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const version = request.query.get('versionId');
  const versionId = version === undefined ? undefined : parseVersionId(version);
  const owner = await getObjectOwner(context, bucket, key, versionId);
  return xmlResponse(ownerOnlyAclXml(owner));
};
