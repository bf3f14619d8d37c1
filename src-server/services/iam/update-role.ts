import { checkPolicyText, MAX_TRUST_POLICY } from '../../domain/iam-rules.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { authorizeOnHolder, type IamCaller, scopeOf } from './iam-scope.ts';
import { checkSessionLimit } from './role-session-limit.ts';
import type { TagChange } from './tag-policy.ts';

/** What becomes of a role. Undefined fields stay as they are. */
export type RoleChange =
  | {
      readonly kind: 'facts';
      readonly description: string | undefined;
      readonly maxSessionSeconds: number | undefined;
    }
  | { readonly kind: 'trust'; readonly trustPolicy: string }
  | TagChange;

const ACTIONS = {
  facts: 'iam:UpdateRole',
  trust: 'iam:UpdateAssumeRolePolicy',
  put: 'iam:TagRole',
  remove: 'iam:UntagRole',
};

/** Changes a role of the caller's account. Throws AccessDenied, LimitExceeded, MalformedPolicyDocument, NoSuchEntity, ValidationError. */
export async function updateRole(
  context: ServiceContext,
  caller: IamCaller,
  name: string,
  change: RoleChange,
): Promise<void> {
  await authorizeOnHolder(context, caller, ACTIONS[change.kind], { kind: 'role', name });
  const facts = change.kind === 'facts' ? change : undefined;
  const maxSessionSeconds = facts?.maxSessionSeconds;
  await context.engine.submit('update-iam-role', {
    scope: scopeOf(caller),
    name,
    description: facts?.description,
    maxSessionSeconds: maxSessionSeconds === undefined ? undefined : checkSessionLimit(maxSessionSeconds),
    trustPolicy: change.kind === 'trust' ? checkPolicyText(change.trustPolicy, 'trust', MAX_TRUST_POLICY) : undefined,
    putTags: change.kind === 'put' ? change.tags : {},
    removedTags: change.kind === 'remove' ? change.keys : [],
  });
  announcePolicies(context);
}
