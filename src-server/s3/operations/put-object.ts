import { parseWriteCondition } from '../../domain/conditions.ts';
import { putObject as storeObject } from '../../services/objects/put-object.ts';
import { requestedLock } from '../http/object-lock-headers.ts';
import { DATE_CONDITIONS, refuseConditions } from '../http/parse-conditions.ts';
import { parseObjectAttributes } from '../http/parse-object-attributes.ts';
import { writtenHeaders } from '../http/present-written.ts';
import { emptyResponse } from '../http/respond.ts';
import { refuseVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';

/** PutObject: stores the body as the key's current version. */
export const putObject: ObjectOperation = async (context, request) => {
  refuseVersion(request);
  refuseConditions((name) => request.header(name), DATE_CONDITIONS);
  const { bucket, key } = request.target;
  const lock = await requestedLock(context, request, request.target);
  const stored = await storeObject(context, {
    identity: request.identity,
    bucket,
    key,
    attributes: parseObjectAttributes(request, lock),
    condition: parseWriteCondition(request.header('if-match'), request.header('if-none-match')),
    body: request.body,
  });
  return emptyResponse(200, writtenHeaders(stored, request.userAgent));
};
