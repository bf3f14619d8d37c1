import { type IamGroupRow, listMembers } from '../../db/tables/iam-group.ts';
import type { IamUserRow } from '../../db/tables/iam-user.ts';
import type { ServiceContext } from '../context.ts';
import { askAboutGroup, type IamCaller } from './ask.ts';

/** A group with who is in it, by name. Throws AccessDenied, NoSuchEntity. */
export async function findGroup(
  context: ServiceContext,
  identity: IamCaller,
  name: string,
): Promise<{ readonly group: IamGroupRow; readonly members: IamUserRow[] }> {
  const group = await askAboutGroup(context, identity, 'iam:GetGroup', name);
  return { group, members: await context.catalogue.read((tx) => listMembers(tx, group.id)) };
}
