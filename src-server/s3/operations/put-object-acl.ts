import { getObjectOwner } from '../../services/objects/get-object-owner.ts';
import { acceptOwnerOnlyAcl } from '../http/accept-owner-only-acl.ts';
import { emptyResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';

/** PutObjectAcl: accepts the ACL that every object has, and stores nothing. */
export const putObjectAcl: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const versionId = namedVersion(request);
  const owner = await getObjectOwner(context, bucket, key, versionId);
  await acceptOwnerOnlyAcl(request, {
    // The pipeline lets pass only those that mean the owner alone.
    hasCannedAcl: request.header('x-amz-acl') !== undefined,
    ownerCanonicalId: owner.canonicalId,
    ownership: owner.ownership,
  });
  return emptyResponse();
};
