import { Failure } from '../../domain/failure.ts';

export { noLoginProfile } from '../../commands/put-login-profile.ts';

import { hashPassword } from '../access/password.ts';
import type { ServiceContext } from '../context.ts';
import { announcePeople } from '../people/announce-people.ts';
import { actorOf, askAboutUser, type IamCaller } from './ask.ts';

/** As the console asks it of everybody. */
const MIN_PASSWORD_LENGTH = 8;
const MAX_PASSWORD_LENGTH = 1024;
const ACTIONS = {
  create: 'iam:CreateLoginProfile',
  change: 'iam:UpdateLoginProfile',
  remove: 'iam:DeleteLoginProfile',
} as const;

export type LoginProfileChange =
  | { readonly kind: 'create' | 'change'; readonly password: string }
  | { readonly kind: 'remove' };

/** Gives a user a password for the console, or takes it away. Throws AccessDenied, NoSuchEntity, EntityAlreadyExists, ValidationError. */
export async function putLoginProfile(
  context: ServiceContext,
  identity: IamCaller,
  userName: string | undefined,
  change: LoginProfileChange,
): Promise<void> {
  const { kind } = change;
  const { name } = await askAboutUser(context, identity, ACTIONS[kind], userName);
  const passwordHash = change.kind === 'remove' ? null : await hashPassword(checkPassword(change.password));
  const input = { actor: actorOf(identity), name, kind, passwordHash };
  announcePeople(context, await context.engine.submit('put-login-profile', input));
}

/** Throws ValidationError for a password that nobody may have. */
export function checkPassword(password: string): string {
  if (password.length >= MIN_PASSWORD_LENGTH && password.length <= MAX_PASSWORD_LENGTH) return password;
  throw new Failure(
    'ValidationError',
    `Password does not conform to the account password policy: it has ${MIN_PASSWORD_LENGTH} characters or more.`,
  );
}
