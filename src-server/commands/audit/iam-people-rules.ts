import { findUserByName } from '../../db/tables/iam-user.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { NamedHolder } from '../put-holder-policy.ts';
import type { AuditEntry } from '../support/record-audit.ts';
import type { AuditRules } from './audit-rule.ts';
import { ofUser, userResource } from './people-rules.ts';

const PROFILE_ACTIONS = {
  create: 'iam:CreateLoginProfile',
  change: 'iam:UpdateLoginProfile',
  remove: 'iam:DeleteLoginProfile',
} as const;

/** Users and groups as IAM's API changes them. */
export const IAM_PEOPLE_RULES = {
  'create-iam-user': ({ input, output, tx }) =>
    ofUser(tx, 'iam:CreateUser', output, { path: input.path, tags: input.tags, boundary: input.boundaryPolicyId }),
  'update-iam-user': ({ input, output, tx }) =>
    ofUser(tx, 'iam:UpdateUser', output, { oldName: input.name, newPath: input.newPath }),
  'delete-iam-user': ({ input }) => ({ action: 'iam:DeleteUser', resource: userResource(input.name) }),
  'put-user-tags': ({ input, output, tx }) =>
    ofUser(tx, input.removed.length > 0 ? 'iam:UntagUser' : 'iam:TagUser', output, {
      put: input.put,
      removed: input.removed,
    }),
  'put-login-profile': ({ input, output, tx }) => ofUser(tx, PROFILE_ACTIONS[input.kind], output),
  'put-user-boundary': ({ input, output, tx }) =>
    ofUser(
      tx,
      input.policyId === null ? 'iam:DeleteUserPermissionsBoundary' : 'iam:PutUserPermissionsBoundary',
      output,
      {
        policyId: input.policyId,
      },
    ),
  'create-group': ({ input }) => ofGroup('iam:CreateGroup', input.name, { path: input.path }),
  'update-group': ({ input }) =>
    ofGroup('iam:UpdateGroup', input.newName ?? input.name, { oldName: input.name, newPath: input.newPath }),
  'delete-group': ({ input }) => ofGroup('iam:DeleteGroup', input.name),
  'add-group-member': ({ input }) => ofGroup('iam:AddUserToGroup', input.groupName, { user: input.userName }),
  'remove-group-member': ({ input }) => ofGroup('iam:RemoveUserFromGroup', input.groupName, { user: input.userName }),
  'put-holder-policy': ({ input, tx }) =>
    ofHolder(tx, 'Put', input.holder, { policyName: input.policyName, document: input.document }),
  'delete-holder-policy': ({ input, tx }) => ofHolder(tx, 'Delete', input.holder, { policyName: input.policyName }),
} satisfies Partial<AuditRules>;

function ofGroup(action: string, name: string, details: Readonly<Record<string, unknown>> = {}): AuditEntry {
  return { action, resource: `group/${name}`, details };
}

async function ofHolder(
  tx: ReadTx,
  verb: 'Put' | 'Delete',
  { kind, name }: NamedHolder,
  details: Readonly<Record<string, unknown>>,
): Promise<AuditEntry> {
  if (kind === 'group') return ofGroup(`iam:${verb}GroupPolicy`, name, details);
  const user = await findUserByName(tx, name);
  const action = `iam:${verb}UserPolicy`;
  return { action, resource: userResource(name), details, tenantId: user?.tenant_id ?? null };
}
