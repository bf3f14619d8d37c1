import { Failure } from '../../domain/failure.ts';
import { getObjectLock } from '../../services/locks/get-object-lock.ts';
import { xmlResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { legalHoldXml } from '../xml/shapes/object-lock.ts';

/** GetObjectLegalHold. A version that never had one answers NoSuchObjectLockConfiguration, as on AWS. */
export const getObjectLegalHold: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const versionId = namedVersion(request);
  const { legal_hold: hold } = await getObjectLock(context, { bucket, key, versionId });
  if (hold === null) throw new Failure('NoSuchObjectLockConfiguration');
  return xmlResponse(legalHoldXml(hold !== 0));
};
