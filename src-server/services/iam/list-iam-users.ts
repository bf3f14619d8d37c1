import { requireIamActor, userScopeOf } from '../../commands/support/iam-actor.ts';
import { type IamUserRow, listUsers } from '../../db/tables/iam-user.ts';
import { userArn } from '../../domain/arn-names.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import { actorOf, type IamCaller } from './ask.ts';

/** The users whom the caller's account has, or, for an operator, the install; by name. Throws AccessDenied. */
export async function listIamUsers(
  context: ServiceContext,
  identity: IamCaller,
  pathPrefix: string,
): Promise<IamUserRow[]> {
  const resource = userArn(identity.accountId, pathPrefix, '');
  await authorize(context, { identity, iamAction: 'iam:ListUsers', resource });
  return context.catalogue.read(async (tx) => {
    const actor = await requireIamActor(tx, actorOf(identity));
    return listUsers(tx, userScopeOf(actor), pathPrefix);
  });
}
