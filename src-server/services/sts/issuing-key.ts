import { Failure } from '../../domain/failure.ts';
import type { IamCaller } from '../iam/iam-scope.ts';

/**
 * The lasting key that stands behind a caller, through however many sessions: whatever limits it limits what it opens, and with it all ends.
 *
 * @throws Failure AccessDenied for a caller without a key
 */
export function issuingKeyOf({ session, accessKeyId }: IamCaller): string {
  const keyId = session === undefined ? accessKeyId : session.facts.issuingKeyId;
  if (keyId === null) throw new Failure('AccessDenied');
  return keyId;
}
