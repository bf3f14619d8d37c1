import { findVisibleUserById, requireIamActor } from '../../commands/support/iam-actor.ts';
import { noSuchKey } from '../../commands/support/iam-key.ts';
import { findListedKey, type ListedKeyRow } from '../../db/tables/access-key-use.ts';
import { userArn } from '../../domain/arn-names.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import { actorOf, arnOfUser, type IamCaller } from './ask.ts';

/** A key with its last use. Throws AccessDenied; NoSuchEntity for one that is absent or another account's. */
export async function findKeyUse(
  context: ServiceContext,
  identity: IamCaller,
  accessKeyId: string,
): Promise<ListedKeyRow> {
  const { key, user } = await context.catalogue.read(async (tx) => {
    const found = await findListedKey(tx, accessKeyId);
    const actor = await requireIamActor(tx, actorOf(identity));
    return { key: found, user: found && (await findVisibleUserById(tx, actor, found.user_id)) };
  });
  const resource = user === undefined ? userArn(identity.accountId, '/', '*') : arnOfUser(user);
  await authorize(context, { identity, iamAction: 'iam:GetAccessKeyLastUsed', resource });
  if (key === undefined || user === undefined) throw noSuchKey(accessKeyId);
  return key;
}
