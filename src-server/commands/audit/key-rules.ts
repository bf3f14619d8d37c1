import { findUserById } from '../../db/tables/iam-user.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { UserId } from '../../domain/ids.ts';
import type { AuditEntry } from '../support/record-audit.ts';
import type { AuditRules } from './audit-rule.ts';

/** Access keys. */
export const KEY_RULES = {
  'create-access-key': ({ input, output, tx }) =>
    ofKey(tx, 'iam:CreateAccessKey', input.key.accessKeyId, output, {
      label: input.label,
      expiresMs: input.expiresMs,
      limits: input.limits,
    }),
  'update-access-key': ({ input, output, tx }) =>
    ofKey(tx, 'iam:UpdateAccessKey', input.accessKeyId, output, {
      state: input.state,
      label: input.label,
      expiresMs: input.expiresMs,
      limits: input.limits,
    }),
  'rotate-access-key': ({ input, output, tx }) =>
    ofKey(tx, 'stowage:RotateAccessKey', input.accessKeyId, output, {
      newAccessKeyId: input.key.accessKeyId,
      oldExpiresMs: input.oldExpiresMs,
    }),
  'delete-access-key': ({ input, output, tx }) => ofKey(tx, 'iam:DeleteAccessKey', input.accessKeyId, output, {}),
  'put-root-key': ({ input }) => ({
    action: 'stowage:PutRootKey',
    resource: 'user/root',
    details: { accessKeyId: input.key?.accessKeyId ?? null },
  }),
} satisfies Partial<AuditRules>;

/** `access-key/AKIA…`, with whose it is. */
export async function ofKey(
  tx: ReadTx,
  action: string,
  accessKeyId: string,
  holderId: UserId,
  details: Readonly<Record<string, unknown>>,
): Promise<AuditEntry> {
  const holder = await findUserById(tx, holderId);
  return {
    action,
    resource: `access-key/${accessKeyId}`,
    details: { user: holder?.name, ...details },
    tenantId: holder?.tenant_id ?? null,
  };
}
