import { requirePolicy } from '../../commands/support/iam-scope.ts';
import { type CountedPolicyRow, listPolicyVersions, type PolicyVersionRow } from '../../db/tables/managed-policy.ts';
import type { ServiceContext } from '../context.ts';
import { authorizeOnPolicy, type IamCaller, scopeOf } from './iam-scope.ts';

/** What asks for a policy: each needs its own permission. */
export type PolicyReading =
  | 'GetPolicy'
  | 'GetPolicyVersion'
  | 'ListPolicyVersions'
  | 'ListPolicyTags'
  | 'ListEntitiesForPolicy';

/** A managed policy with its versions, the newest first. Throws AccessDenied, NoSuchEntity, ValidationError. */
export async function findPolicy(
  context: ServiceContext,
  caller: IamCaller,
  action: PolicyReading,
  arn: string,
): Promise<{ readonly policy: CountedPolicyRow; readonly versions: readonly PolicyVersionRow[] }> {
  const wanted = await authorizeOnPolicy(context, caller, `iam:${action}`, arn);
  return context.catalogue.read(async (tx) => {
    const policy = await requirePolicy(tx, scopeOf(caller), wanted);
    return { policy, versions: await listPolicyVersions(tx, policy.id) };
  });
}
