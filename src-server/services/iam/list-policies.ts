import { type CountedPolicyRow, listManagedPolicies } from '../../db/tables/managed-policy.ts';
import { BUILT_IN_ACCOUNT } from '../../domain/iam-rules.ts';
import type { ServiceContext } from '../context.ts';
import { authorizeIam, type IamCaller } from './iam-scope.ts';

/** `local`: of the caller's account; `built-in`: those that come with the product. */
export type PolicyListing = 'all' | 'local' | 'built-in';

/** The managed policies that the caller's account has or may use, by name. Throws AccessDenied. */
export async function listPolicies(
  context: ServiceContext,
  caller: IamCaller,
  listing: PolicyListing,
): Promise<CountedPolicyRow[]> {
  await authorizeIam(context, caller, 'iam:ListPolicies', '*');
  const accounts = {
    all: [caller.accountId, BUILT_IN_ACCOUNT],
    local: [caller.accountId],
    'built-in': [BUILT_IN_ACCOUNT],
  };
  return context.catalogue.read((tx) => listManagedPolicies(tx, accounts[listing]));
}
