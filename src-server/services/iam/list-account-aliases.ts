import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { IamCaller } from './ask.ts';

/** Accounts have no aliases here; who may ask learns that. Throws AccessDenied. */
export async function listAccountAliases(context: ServiceContext, identity: IamCaller): Promise<readonly string[]> {
  await authorize(context, { identity, iamAction: 'iam:ListAccountAliases' });
  return [];
}
