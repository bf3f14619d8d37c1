import type { EpochMs } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announceKeys } from './announce-keys.ts';
import { type AskedLimits, limitColumns } from './key-limits.ts';

/** Undefined fields stay as they are. */
export interface KeyChanges extends AskedLimits {
  readonly state: 'active' | 'disabled' | undefined;
  readonly label: string | undefined;
  readonly expiresAtMs: number | null | undefined;
}

/** Changes a key; a disabled one is refused from the next request on. Throws AccessDenied, NoSuchEntity, InvalidArgument. */
export async function updateKey(
  context: ServiceContext,
  caller: UserIdentity,
  accessKeyId: string,
  { state, label, expiresAtMs, policy, sourceIps }: KeyChanges,
): Promise<void> {
  const holderId = await context.engine.submit('update-access-key', {
    actorId: caller.userId,
    accessKeyId,
    state,
    label,
    // A time by the contract.
    expiresMs: expiresAtMs as EpochMs | null | undefined,
    limits: limitColumns({ policy, sourceIps }),
    nowMs: context.now(),
  });
  announceKeys(context, holderId);
}
