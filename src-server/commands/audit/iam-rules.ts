import { findUserById } from '../../db/tables/iam-user.ts';
import { groupArn, policyArn, roleArn } from '../../domain/arn-names.ts';
import type { HolderName, PolicyName } from '../support/iam-scope.ts';
import type { AuditEntry } from '../support/record-audit.ts';
import type { AuditRules } from './audit-rule.ts';

type Details = Readonly<Record<string, unknown>>;

/** Policies, roles, and the sessions that STS opens. */
export const IAM_RULES = {
  'create-managed-policy': ({ input }) =>
    onPolicy('iam:CreatePolicy', input, { document: input.document, tags: input.tags }),
  'delete-managed-policy': ({ input }) => onPolicy('iam:DeletePolicy', input.policy),
  'create-policy-version': ({ input, output }) =>
    onPolicy('iam:CreatePolicyVersion', input.policy, {
      version: output,
      document: input.document,
      setAsDefault: input.setAsDefault,
    }),
  'delete-policy-version': ({ input }) => onPolicy('iam:DeletePolicyVersion', input.policy, { version: input.version }),
  'set-default-policy-version': ({ input }) =>
    onPolicy('iam:SetDefaultPolicyVersion', input.policy, { version: input.version }),
  'tag-managed-policy': ({ input }) =>
    onPolicy('iam:TagPolicy', input.policy, { put: input.put, removed: input.removed }),
  'attach-policy': ({ input }) =>
    onHolder(`iam:Attach${wordOf(input.holder)}Policy`, input, { policy: arnOf(input.policy) }),
  'detach-policy': ({ input }) =>
    onHolder(`iam:Detach${wordOf(input.holder)}Policy`, input, { policy: arnOf(input.policy) }),
  'put-inline-policy': ({ input }) =>
    onHolder(`iam:Put${wordOf(input.holder)}Policy`, input, { policy: input.policyName, document: input.document }),
  'delete-inline-policy': ({ input }) =>
    onHolder(`iam:Delete${wordOf(input.holder)}Policy`, input, { policy: input.policyName }),
  'set-boundary': ({ input }) =>
    onHolder(`iam:Put${wordOf(input.holder)}PermissionsBoundary`, input, {
      boundary: input.policy === undefined ? null : arnOf(input.policy),
    }),
  'create-iam-role': ({ input }) => ({
    action: 'iam:CreateRole',
    resource: roleArn(input.scope.accountId, input.path, input.name),
    details: { trustPolicy: input.trustPolicy, maxSessionSeconds: input.maxSessionSeconds, tags: input.tags },
  }),
  'update-iam-role': ({ input }) =>
    onHolder(
      'iam:UpdateRole',
      { ...input, holder: { kind: 'role', name: input.name } },
      {
        description: input.description,
        maxSessionSeconds: input.maxSessionSeconds,
        trustPolicy: input.trustPolicy,
        putTags: input.putTags,
        removedTags: input.removedTags,
      },
    ),
  'delete-iam-role': ({ input }) =>
    onHolder('iam:DeleteRole', { ...input, holder: { kind: 'role', name: input.name } }, {}),
  'open-sts-session': async ({ input, tx }) => {
    const owner = await findUserById(tx, input.userId);
    return {
      action: input.roleId === null ? 'sts:GetSessionToken' : 'sts:AssumeRole',
      resource: `access-key/${input.accessKeyId}`,
      details: { session: input.name, sourceIdentity: input.sourceIdentity, expiresMs: input.expiresMs },
      tenantId: owner?.tenant_id ?? null,
    };
  },
} satisfies Partial<AuditRules>;

function arnOf({ accountId, path, name }: PolicyName): string {
  return policyArn(accountId, path, name);
}

function onPolicy(action: string, policy: PolicyName, details: Details = {}): AuditEntry {
  return { action, resource: arnOf(policy), details };
}

function wordOf({ kind }: HolderName): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

function onHolder(
  action: string,
  { scope, holder }: { readonly scope: { readonly accountId: string }; readonly holder: HolderName },
  details: Details,
): AuditEntry {
  const { kind, name } = holder;
  if (kind === 'user') return { action, resource: `user/${name}`, details };
  const arn = kind === 'group' ? groupArn : roleArn;
  return { action, resource: arn(scope.accountId, '/', name), details };
}
