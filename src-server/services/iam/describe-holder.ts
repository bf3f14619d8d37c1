import { policyArn } from '../../domain/arn-names.ts';
import type { PolicyHolder } from '../../domain/policy-holder.ts';
import type { ServiceContext } from '../context.ts';
import { askAboutUser } from './ask.ts';
import { boundaryArnOf } from './boundary.ts';
import { findRole } from './find-role.ts';
import type { HolderName, IamCaller } from './iam-scope.ts';
import { listAttachedPolicies } from './list-attached-policies.ts';
import { listGroupsOfUser } from './list-groups-of-user.ts';
import { listInlinePolicies } from './list-inline-policies.ts';

/** Everything that has a say in what a user, group or role may do. */
export interface HolderDescription {
  readonly attached: readonly { readonly name: string; readonly arn: string }[];
  readonly inline: readonly { readonly name: string; readonly document: string }[];
  /** ARN; null: no limit. Groups have none. */
  readonly boundary: string | null;
  /** Of a user. */
  readonly groups: readonly string[];
}

/** The policies of a user, group or role. Throws AccessDenied, NoSuchEntity. */
export async function describeHolder(
  context: ServiceContext,
  caller: IamCaller,
  holder: HolderName,
): Promise<HolderDescription> {
  const attached = await listAttachedPolicies(context, caller, holder);
  const inline = await listInlinePolicies(context, caller, holder);
  const groups = holder.kind === 'user' ? await listGroupsOfUser(context, caller, holder.name) : [];
  return {
    attached: attached.map(({ name, path, account_id: account }) => ({ name, arn: policyArn(account, path, name) })),
    inline: inline.map(({ name, document }) => ({ name, document })),
    boundary: (await boundaryOf(context, caller, holder.kind, holder.name)) ?? null,
    groups: groups.map(({ name }) => name),
  };
}

async function boundaryOf(
  context: ServiceContext,
  caller: IamCaller,
  kind: PolicyHolder,
  name: string,
): Promise<string | undefined> {
  if (kind === 'group') return undefined;
  if (kind === 'user') {
    const user = await askAboutUser(context, caller, 'iam:GetUser', name);
    return boundaryArnOf(context, user.boundary_policy_id);
  }
  const { boundary } = await findRole(context, caller, 'GetRole', name);
  return boundary === undefined ? undefined : policyArn(boundary.account_id, boundary.path, boundary.name);
}
