import { Failure } from './failure.ts';
import type { SequenceId } from './ids.ts';
import { mayManage, type Ranked } from './people-rules.ts';

/** IAM's names of groups and policies; users have 64 characters at most (IAM user guide, "IAM and AWS STS quotas"). */
const ENTITY_NAME = /^[\w+=,.@-]{1,128}$/;
const USER_NAME_MAX = 64;
const PATH = /^(?:\/|\/[!-~]{1,510}\/)$/;

/** Limits of IAM (IAM user guide, "IAM and AWS STS quotas"). */
export const IAM_LIMITS = {
  usersOfAccount: 5000,
  groupsOfAccount: 300,
  groupsOfUser: 10,
  tagsOfUser: 50,
  /** Characters of all inline policies of one holder together, white space left out. */
  inlineSize: { user: 2048, group: 5120, role: 10_240 },
} as const;

/** Checks the name of a user, group or policy. Throws ValidationError. */
export function checkEntityName(member: string, name: string): string {
  const limit = member === 'userName' ? USER_NAME_MAX : Number.POSITIVE_INFINITY;
  if (ENTITY_NAME.test(name) && name.length <= limit) return name;
  throw new Failure(
    'ValidationError',
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
}

/** Checks the path of a user or group; `/` where there is none. Throws ValidationError. */
export function checkIamPath(path: string | undefined): string {
  if (path === undefined) return '/';
  if (PATH.test(path)) return path;
  throw new Failure(
    'ValidationError',
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
}

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
