import type { EpochMs } from '../../domain/ids.ts';
import type { AccessKeyPair } from '../access/new-credentials.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announceKeys } from './announce-keys.ts';
import { sealNewKey } from './seal-new-key.ts';

/**
 * Puts a new key beside an old one, which ends after `overlapMs`; answers the new one's secret, this once. Throws
 * AccessDenied, NoSuchEntity, LimitExceeded, InvalidArgument.
 */
export async function rotateKey(
  context: ServiceContext,
  caller: UserIdentity,
  accessKeyId: string,
  overlapMs: number,
): Promise<AccessKeyPair> {
  const { pair, key } = sealNewKey(context);
  const nowMs = context.now();
  const holderId = await context.engine.submit('rotate-access-key', {
    actorId: caller.userId,
    accessKeyId,
    key,
    // A time, as its parts are.
    oldExpiresMs: (nowMs + overlapMs) as EpochMs,
    nowMs,
  });
  announceKeys(context, holderId);
  return pair;
}
