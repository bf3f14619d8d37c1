import { type ListedKeyRow, listKeys } from '../../db/tables/access-key-use.ts';
import type { ServiceContext } from '../context.ts';
import { askAboutUser, type IamCaller } from './ask.ts';

/** The keys of a user, by id, without secrets. Throws AccessDenied, NoSuchEntity. */
export async function listIamKeys(
  context: ServiceContext,
  identity: IamCaller,
  userName: string | undefined,
): Promise<ListedKeyRow[]> {
  const user = await askAboutUser(context, identity, 'iam:ListAccessKeys', userName);
  const keys = await context.catalogue.read((tx) => listKeys(tx, { kind: 'user', userId: user.id }));
  return keys.sort((a, b) => (a.id < b.id ? -1 : 1));
}
