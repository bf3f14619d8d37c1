import {
  findVisibleUser,
  type IamActor,
  noSuchGroup,
  noSuchIamUser,
  requireIamActor,
} from '../../commands/support/iam-actor.ts';
import { findGroupByName, type IamGroupRow } from '../../db/tables/iam-group.ts';
import type { IamUserRow } from '../../db/tables/iam-user.ts';
import { groupArn, userArn } from '../../domain/arn-names.ts';
import { Failure } from '../../domain/failure.ts';
import { authorize } from '../access/authorize.ts';
import { identityOf } from '../access/user-identity.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';

/** Who asks by IAM's API: proven by a signature. */
export type IamCaller = UserIdentity & Identity;

/** The caller as commands take it. */
export function actorOf({ userId, session }: UserIdentity): IamActor {
  return { userId, isRoleSession: session?.kind === 'role' };
}

/** The ARN of a user, or of the account for root. */
export function arnOfUser(row: IamUserRow): string {
  return identityOf(row, null).arn;
}

export function arnOfGroup({ account_id, path, name }: IamGroupRow): string {
  return groupArn(account_id, path, name);
}

/** Whom an action is about: who is named, else oneself. Throws ValidationError for a role's session that names nobody. */
export function namedUser(caller: UserIdentity, userName: string | undefined): string {
  if (userName !== undefined && userName !== '') return userName;
  if (caller.session?.kind !== 'role') return caller.name;
  throw new Failure('ValidationError', 'Must specify userName when calling with non-User credentials');
}

/**
 * The user an action is about, once the caller may do that. Throws AccessDenied, absent or not; then NoSuchEntity for a name that is free
 * or another account's, which are one to the caller.
 */
export async function askAboutUser(
  context: ServiceContext,
  identity: IamCaller,
  iamAction: string,
  userName: string | undefined,
): Promise<IamUserRow> {
  const name = namedUser(identity, userName);
  const user = await context.catalogue.read(async (tx) =>
    findVisibleUser(tx, await requireIamActor(tx, actorOf(identity)), name),
  );
  const resource = user === undefined ? userArn(identity.accountId, '/', name) : arnOfUser(user);
  await authorize(context, { identity, iamAction, resource });
  if (user === undefined) throw noSuchIamUser(name);
  return user;
}

/** As `askAboutUser`, of a group in the caller's account. */
export async function askAboutGroup(
  context: ServiceContext,
  identity: IamCaller,
  iamAction: string,
  name: string,
): Promise<IamGroupRow> {
  const group = await context.catalogue.read((tx) => findGroupByName(tx, identity.accountId, name));
  const resource = group === undefined ? groupArn(identity.accountId, '/', name) : arnOfGroup(group);
  await authorize(context, { identity, iamAction, resource });
  if (group === undefined) throw noSuchGroup(name);
  return group;
}
