import { versionQuerySchema } from '../../../contract/object-details.ts';
import { getObjectLock } from '../../../contract/object-lock.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { lockTarget, readLock } from '../../object-lock.ts';

export const getObjectLockEndpoint = sessionEndpoint(getObjectLock, async (context, { session, params, query }) => {
  const { key, version } = versionQuerySchema.parse(query);
  const target = lockTarget(params, { key, versionId: version });
  return { status: 200, body: await readLock(context, session.identity, target) };
});
