import { NO_LIMITS } from '../../commands/create-access-key.ts';
import type { EpochMs } from '../../domain/ids.ts';
import type { AccessKeyPair } from '../access/new-credentials.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announceKeys } from './announce-keys.ts';
import { type AskedLimits, limitColumns } from './key-limits.ts';
import { sealNewKey } from './seal-new-key.ts';

export interface CreateKeyRequest {
  /** Whose key it becomes; the caller's own where absent. */
  readonly userName: string | undefined;
  readonly label: string;
  readonly expiresAtMs: number | null;
  readonly limits?: AskedLimits | undefined;
}

/** Makes a key and answers its secret, this once. Throws AccessDenied, NoSuchEntity, LimitExceeded, InvalidArgument. */
export async function createKey(
  context: ServiceContext,
  caller: UserIdentity,
  { userName, label, expiresAtMs, limits }: CreateKeyRequest,
): Promise<AccessKeyPair> {
  const columns = limits === undefined ? {} : limitColumns(limits);
  const { pair, key } = sealNewKey(context);
  const holderId = await context.engine.submit('create-access-key', {
    actorId: caller.userId,
    userName: userName ?? caller.name,
    key,
    label,
    // A time by the contract.
    expiresMs: expiresAtMs as EpochMs | null,
    limits: { ...NO_LIMITS, ...columns },
    nowMs: context.now(),
  });
  announceKeys(context, holderId);
  return pair;
}
