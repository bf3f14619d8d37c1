import type { CommandName } from '../registry.ts';
import type { AuditRules } from './audit-rule.ts';
import { BUCKET_RULES } from './bucket-rules.ts';
import { IAM_PEOPLE_RULES } from './iam-people-rules.ts';
import { IAM_RULES } from './iam-rules.ts';
import { INSTALL_RULES } from './install-rules.ts';
import { KEY_RULES } from './key-rules.ts';
import { LOCK_RULES } from './lock-rules.ts';
import { PEOPLE_RULES } from './people-rules.ts';
import { TENANT_RULES } from './tenant-rules.ts';
import { UNAUDITED } from './unaudited.ts';

/** What each command leaves in the audit trail; complete by its type. */
export const AUDIT_RULES: AuditRules = {
  ...UNAUDITED,
  ...BUCKET_RULES,
  ...IAM_PEOPLE_RULES,
  ...IAM_RULES,
  ...INSTALL_RULES,
  ...KEY_RULES,
  ...LOCK_RULES,
  ...PEOPLE_RULES,
  ...TENANT_RULES,
};

const AUDITED: ReadonlySet<string> = new Set(
  Object.entries(AUDIT_RULES).flatMap(([name, rule]) => (typeof rule === 'function' ? [name] : [])),
);

/** Does this command leave a record? */
export function isAudited(name: CommandName): boolean {
  return AUDITED.has(name);
}
