import { type IamGroupRow, listGroupsOfUser as listRows } from '../../db/tables/iam-group.ts';
import type { ServiceContext } from '../context.ts';
import { askAboutUser, type IamCaller } from './ask.ts';

/** The groups that a user is in, by name. Throws AccessDenied, NoSuchEntity. */
export async function listGroupsOfUser(
  context: ServiceContext,
  identity: IamCaller,
  userName: string,
): Promise<IamGroupRow[]> {
  const user = await askAboutUser(context, identity, 'iam:ListGroupsForUser', userName);
  return context.catalogue.read((tx) => listRows(tx, user.id));
}
