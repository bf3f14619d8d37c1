import type { IamRoleRow } from '../../db/tables/iam-role.ts';
import { roleArn } from '../../domain/arn-names.ts';
import { readIamTags } from '../../domain/iam-rules.ts';
import { type ConditionContext, contextOf, joinContexts } from '../../domain/policy/context.ts';
import { type Decision, decide, type RoleGrant } from '../../domain/policy/decide.ts';
import { type AccessCase, matchStatement } from '../../domain/policy/statement.ts';
import { accessContext } from '../access/access-context.ts';
import { isAccountItself, principalFacts } from '../access/decide-access.ts';
import { policiesOf, readPolicy } from '../access/identity-policies.ts';
import type { ServiceContext } from '../context.ts';
import type { IamCaller } from '../iam/iam-scope.ts';

/** What STS asks of a role's trust policy: to assume it, and to give the session tags or a source identity. */
export type AssumeAction = 'sts:AssumeRole' | 'sts:TagSession' | 'sts:SetSourceIdentity';

/**
 * May this caller do that with the role? Its trust policy has to allow, whoever asks; in the role's own account that is enough where it names
 * the caller, else the caller's policies have to allow too (IAM user guide, "Who can assume a role").
 */
export async function decideAssumeRole(
  context: ServiceContext,
  caller: IamCaller,
  action: AssumeAction,
  { role, facts }: { readonly role: IamRoleRow; readonly facts: ConditionContext },
): Promise<Decision> {
  const trust = readPolicy(role.trust_policy, 'trust', { kind: 'trust', name: role.name });
  const tags = Object.entries(readIamTags(role.tags)).map(([name, value]) => [`aws:ResourceTag/${name}`, value]);
  const asked: AccessCase = {
    principal: principalFacts(caller),
    action,
    resource: roleArn(role.account_id, role.path, role.name),
    context: joinContexts(
      facts,
      contextOf(Object.fromEntries(tags)),
      accessContext(caller, context.now(), context.config.region, role.account_id),
    ),
  };
  const isTrusted =
    trust.document !== 'unreadable' &&
    trust.document.statements.some((one) => one.effect === 'Allow' && matchStatement(one, asked) !== 'none');
  const decision = decide(
    asked,
    {
      ...(await policiesOf(context, caller)),
      resource: trust,
      role: assumeGrant(caller, role.account_id),
      allowedByAcl: false,
    },
    { accountId: role.account_id, restrictsPublicPolicy: false },
  );
  return isTrusted || decision.effect === 'ExplicitDeny' ? decision : NOT_TRUSTED;
}

const NOT_TRUSTED: Decision = { effect: 'ImplicitDeny', reason: { kind: 'nothing' } };

/** Who administers an account, or is one, needs no policy to use what a role gives them. */
function assumeGrant(caller: IamCaller, accountId: string): RoleGrant {
  const isAdmin = caller.role === 'admin' || (caller.role === 'user' && isAccountItself(caller));
  if (!isAdmin) return 'silent';
  return caller.accountId === accountId ? 'grants' : 'accepts';
}
