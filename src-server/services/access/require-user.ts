import { Failure } from '../../domain/failure.ts';
import type { Identity, UserIdentity } from '../identity.ts';

/** The signed-in user, for what nobody else can do (own a bucket). Throws AccessDenied for anonymous callers. */
export function requireUser(identity: Identity): UserIdentity {
  if (identity.kind !== 'user') throw new Failure('AccessDenied');
  return identity;
}
