import { type CountedGroupRow, listGroups as listRows } from '../../db/tables/iam-group.ts';
import { groupArn } from '../../domain/arn-names.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { IamCaller } from './ask.ts';

/** The groups of the caller's account, by name. Throws AccessDenied. */
export async function listGroups(
  context: ServiceContext,
  identity: IamCaller,
  pathPrefix: string,
): Promise<CountedGroupRow[]> {
  const { accountId } = identity;
  await authorize(context, { identity, iamAction: 'iam:ListGroups', resource: groupArn(accountId, pathPrefix, '') });
  return context.catalogue.read((tx) => listRows(tx, accountId, pathPrefix));
}
