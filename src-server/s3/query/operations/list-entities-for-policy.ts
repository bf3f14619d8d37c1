import type { PolicyEntityRow } from '../../../db/tables/attached-policy.ts';
import { userUniqueId } from '../../../domain/arn-names.ts';
import { Failure } from '../../../domain/failure.ts';
import type { PolicyHolder } from '../../../domain/policy-holder.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { listEntitiesOfPolicy } from '../../../services/iam/list-policy-entities.ts';
import { element } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members, pageOf } from '../query-page.ts';

const KINDS: ReadonlyMap<string, PolicyHolder> = new Map<string, PolicyHolder>([
  ['User', 'user'],
  ['Group', 'group'],
  ['Role', 'role'],
]);

function idOf({ kind, own_id: ownId }: PolicyEntityRow): string {
  return kind === 'user' ? userUniqueId(ownId) : ownId;
}

/** Lists who carries a managed policy. */
export async function listEntitiesForPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const usage = parameters.get('PolicyUsageFilter') === 'PermissionsBoundary' ? 'boundary' : 'attached';
  const filter = parameters.get('EntityFilter');
  const kind = KINDS.get(filter ?? '');
  if (filter !== undefined && kind === undefined)
    throw new Failure('ValidationError', 'EntityFilter must be User, Group or Role');
  const prefix = parameters.get('PathPrefix') ?? '/';
  const found = await listEntitiesOfPolicy(context, identity, parameters.required('PolicyArn'), usage);
  const all = found.filter((one) => one.path.startsWith(prefix) && (kind === undefined || one.kind === kind));
  const page = pageOf(parameters, all, (one) => `${one.kind} ${one.name}`);
  const listed = (name: string, wanted: PolicyHolder) =>
    members(
      `Policy${name}s`,
      page.items.filter((one) => one.kind === wanted),
      (one) => element(`${name}Name`, one.name) + element(`${name}Id`, idOf(one)),
    );
  return listed('Group', 'group') + listed('User', 'user') + listed('Role', 'role') + page.xml;
}
