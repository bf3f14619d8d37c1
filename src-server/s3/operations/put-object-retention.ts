import { putObjectRetention as setRetention } from '../../services/locks/put-object-retention.ts';
import { authorizeRetention, bypassesGovernance } from '../http/object-lock-headers.ts';
import { emptyResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parseRetention } from '../xml/shapes/object-lock.ts';

/** PutObjectRetention: keeps a version until a time. */
export const putObjectRetention: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const named = namedVersion(request);
  const retention = parseRetention(await readConfigBody(request));
  await authorizeRetention(context, request, request.target, retention);
  const bypassGovernance = await bypassesGovernance(context, request, request.target);
  await setRetention(context, { bucket, key, versionId: named }, { retention, bypassGovernance });
  return emptyResponse();
};
