import { requirePolicy } from '../../commands/support/iam-scope.ts';
import { listBoundedEntities, listPolicyEntities, type PolicyEntityRow } from '../../db/tables/attached-policy.ts';
import type { ServiceContext } from '../context.ts';
import { authorizeOnPolicy, type IamCaller, scopeOf } from './iam-scope.ts';

/** Who carries a managed policy, or has it as their boundary, by kind and name. Throws AccessDenied, NoSuchEntity, ValidationError. */
export async function listEntitiesOfPolicy(
  context: ServiceContext,
  caller: IamCaller,
  arn: string,
  usage: 'attached' | 'boundary',
): Promise<PolicyEntityRow[]> {
  const wanted = await authorizeOnPolicy(context, caller, 'iam:ListEntitiesForPolicy', arn);
  return context.catalogue.read(async (tx) => {
    const { id } = await requirePolicy(tx, scopeOf(caller), wanted);
    return usage === 'attached' ? listPolicyEntities(tx, id) : listBoundedEntities(tx, id);
  });
}
