import { findUserByName } from '../../db/tables/iam-user.ts';
import { findShare } from '../../db/tables/share.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { ShareChanges } from '../change-share.ts';
import type { AuditEntry } from '../support/record-audit.ts';
import type { AuditRules } from './audit-rule.ts';
import { byThemselves } from './people-rules.ts';

const CONFIGURATION = 'configuration';

/** Settings, files that change many things at once, and links. */
export const INSTALL_RULES = {
  'claim-setup': async ({ input, output, tx }) => {
    const admin = output.kind === 'claimed' ? await findUserByName(tx, input.name) : undefined;
    return admin === undefined ? undefined : byThemselves(tx, 'stowage:ClaimInstall', admin.id);
  },
  'put-settings': ({ input }) => ({
    action: 'stowage:PutSettings',
    resource: CONFIGURATION,
    details: Object.fromEntries(input.changes.map(({ name, value }) => [name, value])),
  }),
  'import-configuration': ({ output }) => ({
    action: 'stowage:ImportConfiguration',
    resource: CONFIGURATION,
    details: { items: output.map(({ kind, name, outcome }) => `${kind} ${name}: ${outcome}`) },
  }),
  'note-export': ({ output }) =>
    output ? { action: 'stowage:ExportConfiguration', resource: CONFIGURATION } : undefined,
  'apply-provisioning': ({ input }) => ({
    action: 'stowage:ApplyProvisioning',
    resource: CONFIGURATION,
    details: {
      tenants: input.tenants.map(({ name }) => name),
      users: input.users.map(({ name }) => name),
      buckets: input.buckets.map(({ name }) => name),
      settings: input.settings.map(({ name }) => name),
    },
  }),
  'put-share-settings': ({ input }) => ({
    action: 'stowage:PutShareSettings',
    resource: 'setting/shares',
    details: { settings: input.value },
  }),
  'create-share': ({ input: { share } }) => ({
    action: 'stowage:CreateShare',
    resource: shareResource(share.id),
    details: {
      bucket: share.bucket_name,
      what: share.kind,
      items: share.items,
      expiresMs: share.expires_ms,
      isProtected: share.password_hash !== null,
    },
  }),
  'change-share': ({ input, output, tx }) => (output ? changedShare(tx, input.id, input.changes) : undefined),
  'remove-share': ({ input, output }) =>
    output ? { action: 'stowage:RemoveShare', resource: shareResource(input.id) } : undefined,
} satisfies Partial<AuditRules>;

function shareResource(id: string): string {
  return `share/${id}`;
}

async function changedShare(tx: ReadTx, id: string, changes: ShareChanges): Promise<AuditEntry> {
  const { password_hash, ...terms } = changes;
  const share = await findShare(tx, id);
  return {
    action: terms.revoked_ms == null ? 'stowage:UpdateShare' : 'stowage:RevokeShare',
    resource: shareResource(id),
    details: { bucket: share?.bucket_name, ...terms, setsPasscode: password_hash !== undefined },
  };
}
