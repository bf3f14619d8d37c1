import { createHash } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import { isSameSecret } from '../../platform/same-secret.ts';
import type { ResolvedAccessKey } from '../../services/access/resolve-access-key.ts';

/**
 * Temporary credentials are of three parts: their token has to come along, and with other keys none may (InvalidToken, as on AWS).
 *
 * @param token `x-amz-security-token` of header, query or form
 */
export function checkSessionToken({ tokenHash }: ResolvedAccessKey, token: string | undefined): void {
  if (tokenHash === undefined && token === undefined) return;
  if (tokenHash === undefined || token === undefined) throw new Failure('InvalidToken');
  const given = createHash('sha256').update(token).digest('hex');
  if (!isSameSecret(tokenHash.toString('hex'), given)) throw new Failure('InvalidToken');
}
