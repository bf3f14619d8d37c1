import { type IamRoleRow, listRoles as listRows } from '../../db/tables/iam-role.ts';
import type { ServiceContext } from '../context.ts';
import { authorizeIam, type IamCaller } from './iam-scope.ts';

/** The roles of the caller's account, by name. Throws AccessDenied. */
export async function listRoles(context: ServiceContext, caller: IamCaller): Promise<IamRoleRow[]> {
  await authorizeIam(context, caller, 'iam:ListRoles', '*');
  return context.catalogue.read((tx) => listRows(tx, caller.accountId));
}
