import { parseETagCondition } from '../../domain/etag.ts';
import { deleteObject as removeObject } from '../../services/objects/delete-object.ts';
import { bypassesGovernance } from '../http/object-lock-headers.ts';
import { DATE_CONDITIONS, refuseConditions } from '../http/parse-conditions.ts';
import { emptyResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';

/** DeleteObject: hides or removes the key's current version, or removes one version for good. */
export const deleteObject: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  refuseConditions((name) => request.header(name), ['If-None-Match', ...DATE_CONDITIONS]);
  const ifMatch = request.header('if-match');
  const outcome = await removeObject(context, {
    identity: request.identity,
    bucket,
    key,
    bypassGovernance: await bypassesGovernance(context, request, request.target),
    versionId: namedVersion(request),
    condition: ifMatch === undefined ? undefined : parseETagCondition(ifMatch),
  });
  const headers: Record<string, string> = {};
  if (outcome.kind === 'marked') {
    headers['x-amz-delete-marker'] = 'true';
    headers['x-amz-version-id'] = outcome.markerId;
  } else if (outcome.versionId !== undefined) {
    headers['x-amz-version-id'] = outcome.versionId;
    if (outcome.wasMarker) headers['x-amz-delete-marker'] = 'true';
  }
  return emptyResponse(204, headers);
};
