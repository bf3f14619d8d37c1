import { Failure } from '../../../domain/failure.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { type PolicyListing, listPolicies as run } from '../../../services/iam/list-policies.ts';
import { policyXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members, pageOf } from '../query-page.ts';

const SCOPES: ReadonlyMap<string, PolicyListing> = new Map<string, PolicyListing>([
  ['All', 'all'],
  ['AWS', 'built-in'],
  ['Local', 'local'],
]);

/** Lists managed policies by name. */
export async function listPolicies(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const scope = SCOPES.get(parameters.get('Scope') ?? 'All');
  if (scope === undefined) throw new Failure('ValidationError', 'Scope must be All, AWS or Local');
  const prefix = parameters.get('PathPrefix') ?? '/';
  const onlyAttached = parameters.get('OnlyAttached') === 'true';
  const isBoundary = parameters.get('PolicyUsageFilter') === 'PermissionsBoundary';
  const all = (await run(context, identity, scope)).filter(
    (one) =>
      one.path.startsWith(prefix) && (!onlyAttached || one.attachments > 0) && (!isBoundary || one.boundaries > 0),
  );
  const page = pageOf(parameters, all, ({ name, account_id: accountId }) => `${name} ${accountId}`);
  return members('Policies', page.items, policyXml) + page.xml;
}
