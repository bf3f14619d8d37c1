import type { SequenceId } from './ids.ts';
import { mayManage, type Ranked } from './people-rules.ts';

/** IAM's quotas of people (IAM user guide, "IAM and AWS STS quotas"). */
export const MAX_USERS = 5000;
export const MAX_GROUPS = 300;
export const MAX_GROUPS_OF_USER = 10;

/** Lengths of names (IAM user guide, "IAM and AWS STS quotas"). */
export const MAX_USER_NAME = 64;
export const MAX_GROUP_NAME = 128;
export const MAX_POLICY_NAME = 128;

/** Who uses IAM. `role` is `none` for a session of a role, which is nobody itself. */
export interface IamRank extends Ranked {
  readonly accountId: string;
  readonly isRoleSession: boolean;
}

/** Whom IAM is about. */
export interface IamTarget extends Ranked {
  readonly accountId: string;
  readonly accountHolderId: SequenceId | null;
}

/**
 * Is this user there for the one who asks? An admin sees whom they manage (`mayManage`), everybody sees themselves, others the users of
 * their account without its admins and without who holds it: what policies give ends below them. What may be done is `authorize`'s
 * question; whom this does not show is as good as absent.
 */
export function isVisibleTo(actor: IamRank, target: IamTarget): boolean {
  if (!actor.isRoleSession && actor.id === target.id) return true;
  if (actor.role === 'admin' || actor.role === 'root') return mayManage(actor, target);
  if (target.role === 'root' || target.role === 'admin') return false;
  if (target.accountId !== actor.accountId) return false;
  return target.tenantId !== null || target.accountHolderId !== null;
}
