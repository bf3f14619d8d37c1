import { findUserById, findUserByName, type IamUserRow } from '../../db/tables/iam-user.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { UserId } from '../../domain/ids.ts';
import type { AuditEntry } from '../support/record-audit.ts';
import type { AuditRules } from './audit-rule.ts';

type Details = Readonly<Record<string, unknown>>;

/** Users, their passwords, second factors and sessions. */
export const PEOPLE_RULES = {
  'create-user': ({ input, tx }) =>
    ofUserNamed(tx, 'iam:CreateUser', input.name, { role: input.role, email: input.email, entry: input.entry.kind }),
  'update-user': ({ input, tx }) =>
    ofUserNamed(tx, 'iam:UpdateUser', input.name, {
      role: input.role,
      state: input.state,
      displayName: input.displayName,
      email: input.email,
    }),
  'delete-user': ({ input }) => ({
    action: 'iam:DeleteUser',
    resource: userResource(input.name),
    details: { bucketsGoTo: input.heirName },
  }),
  'update-account': ({ input, tx }) =>
    ofUser(tx, 'stowage:UpdateOwnAccount', input.userId, { displayName: input.displayName, email: input.email }),
  'change-password': ({ input, output, tx }) => ownIf(output, tx, 'iam:ChangePassword', input.userId),
  'put-password-link': ({ input, tx }) =>
    ofUserNamed(tx, 'stowage:MakePasswordLink', input.name, { expiresMs: input.expiresMs }),
  'use-password-link': ({ output, tx }) =>
    output === undefined ? undefined : byThemselves(tx, 'stowage:ChoosePassword', output),
  'begin-second-factor': ({ input, tx }) => ofUser(tx, 'stowage:BeginSecondFactor', input.userId),
  'confirm-second-factor': ({ input, output, tx }) => ownIf(output, tx, 'stowage:EnableSecondFactor', input.userId),
  'renew-recovery-codes': ({ input, output, tx }) => ownIf(output, tx, 'stowage:RenewRecoveryCodes', input.userId),
  'end-second-factor': ({ input, output, tx }) => ownIf(output, tx, 'stowage:DisableSecondFactor', input.userId),
  'reset-second-factor': ({ input, tx }) => ofUserNamed(tx, 'stowage:ResetSecondFactor', input.name),
  'open-session': ({ input, output, tx }) =>
    output ? byThemselves(tx, 'stowage:SignIn', input.userId, { client: input.client }) : undefined,
  'close-session': ({ input, output, tx }) => ownIf(output, tx, 'stowage:SignOut', input.userId),
  'close-other-sessions': ({ input, tx }) => ofUser(tx, 'stowage:EndOtherSessions', input.userId),
  'close-sessions-of': ({ input, tx }) => ofUserNamed(tx, 'stowage:EndSessions', input.name),
} satisfies Partial<AuditRules>;

/** `user/alice`. */
export function userResource(name: string): string {
  return `user/${name}`;
}

/** Something was done to a user, who stands. */
export async function ofUser(tx: ReadTx, action: string, id: UserId, details?: Details): Promise<AuditEntry> {
  return entryOf(await findUserById(tx, id), String(id), action, details);
}

async function ofUserNamed(tx: ReadTx, action: string, name: string, details?: Details): Promise<AuditEntry> {
  return entryOf(await findUserByName(tx, name), name, action, details);
}

async function ownIf(isDone: boolean, tx: ReadTx, action: string, id: UserId): Promise<AuditEntry | undefined> {
  return isDone ? ofUser(tx, action, id) : undefined;
}

/** Done by who proved to be that user in this very command. */
export async function byThemselves(tx: ReadTx, action: string, id: UserId, details?: Details): Promise<AuditEntry> {
  const user = await findUserById(tx, id);
  const entry = entryOf(user, String(id), action, details);
  return user === undefined ? entry : { ...entry, by: { userId: id, name: user.name, tenantId: user.tenant_id } };
}

function entryOf(
  user: IamUserRow | undefined,
  fallback: string,
  action: string,
  details: Details | undefined,
): AuditEntry {
  const entry = { action, resource: userResource(user?.name ?? fallback), tenantId: user?.tenant_id ?? null };
  return details === undefined ? entry : { ...entry, details };
}
