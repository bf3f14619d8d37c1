import { putObjectLegalHold as setLegalHold } from '../../services/locks/put-object-legal-hold.ts';
import { emptyResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parseLegalHold } from '../xml/shapes/object-lock.ts';

/** PutObjectLegalHold: keeps a version until the hold is lifted, whatever its retention. */
export const putObjectLegalHold: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const named = namedVersion(request);
  const isOn = parseLegalHold(await readConfigBody(request));
  await setLegalHold(context, { bucket, key, versionId: named }, isOn);
  return emptyResponse();
};
