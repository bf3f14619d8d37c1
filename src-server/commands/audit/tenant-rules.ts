import type { AuditRules } from './audit-rule.ts';

/** Tenants, their limits and state. */
export const TENANT_RULES = {
  'create-tenant': ({ input }) => ({
    action: 'stowage:CreateTenant',
    resource: `tenant/${input.name}`,
    details: { accountId: input.accountId, ...input.terms },
  }),
  'update-tenant': ({ input }) => ({
    action: 'stowage:UpdateTenant',
    resource: `tenant/${input.name}`,
    details: { ...input.changes },
  }),
} satisfies Partial<AuditRules>;
