import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import type { ConditionContext } from '../../domain/policy/context.ts';
import { decideAccess } from '../access/decide-access.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';

export interface BypassQuestion {
  readonly identity: Identity;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly facts?: ConditionContext | undefined;
}

/**
 * May this caller, who asked for it, pass over GOVERNANCE? Who may not is told nothing here: what is not locked goes its way,
 * what is is refused by the lock.
 */
export async function mayBypassGovernance(context: ServiceContext, question: BypassQuestion): Promise<boolean> {
  const decision = await decideAccess(context, { ...question, iamAction: 's3:BypassGovernanceRetention' });
  return decision.effect === 'Allow';
}
