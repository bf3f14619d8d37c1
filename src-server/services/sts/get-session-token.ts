import { Failure } from '../../domain/failure.ts';
import type { ServiceContext } from '../context.ts';
import type { IamCaller } from '../iam/iam-scope.ts';
import { issuingKeyOf } from './issuing-key.ts';
import { type DurationRule, endOfSession } from './session-duration.ts';
import { newTemporaryCredentials, type TemporaryCredentials } from './temporary-credentials.ts';

/** 12 and 36 hours; root: one hour (STS API reference, GetSessionToken). */
const OF_USERS: DurationRule = {
  defaultSeconds: 43_200,
  maxSeconds: 129_600,
  tooLong: 'The requested DurationSeconds exceeds 129600 seconds.',
};
const OF_ROOT: DurationRule = {
  defaultSeconds: 3600,
  maxSeconds: 3600,
  tooLong: 'The requested DurationSeconds exceeds 3600 seconds, which is the limit of the account itself.',
};

/**
 * Gives the caller temporary credentials of its own: as much as the key it asks with, and no IAM. Needs no permission, as on AWS. Throws
 * AccessDenied to who comes with temporary credentials, LimitExceeded, ValidationError.
 */
export async function getSessionToken(
  context: ServiceContext,
  caller: IamCaller,
  durationSeconds: number | undefined,
): Promise<TemporaryCredentials> {
  if (caller.session !== undefined)
    throw new Failure('AccessDenied', 'Cannot call GetSessionToken with session credentials');
  const nowMs = context.now();
  const expiresMs = endOfSession(nowMs, durationSeconds, caller.role === 'root' ? OF_ROOT : OF_USERS);
  const { credentials, sealed } = newTemporaryCredentials(context, expiresMs);
  await context.engine.submit('open-sts-session', {
    ...sealed,
    userId: caller.userId,
    roleId: null,
    name: caller.name,
    policies: [],
    tags: {},
    transitiveTagKeys: [],
    sourceIdentity: null,
    issuingKeyId: issuingKeyOf(caller),
    createdMs: nowMs,
    expiresMs,
  });
  return credentials;
}
