import { Failure } from '../../domain/failure.ts';
import { retentionOf } from '../../domain/lock.ts';
import { getObjectLock } from '../../services/locks/get-object-lock.ts';
import { xmlResponse } from '../http/respond.ts';
import { namedVersion } from '../http/version-parameter.ts';
import type { ObjectOperation } from '../operation.ts';
import { retentionXml } from '../xml/shapes/object-lock.ts';

/** GetObjectRetention: until when a version is kept, also where that is over. */
export const getObjectRetention: ObjectOperation = async (context, request) => {
  const { bucket, key } = request.target;
  const versionId = namedVersion(request);
  const retention = retentionOf(await getObjectLock(context, { bucket, key, versionId }));
  if (retention === undefined) throw new Failure('NoSuchObjectLockConfiguration');
  if (retention === 'unreadable') throw new Error('the retention of a version cannot be read');
  return xmlResponse(retentionXml(retention));
};
