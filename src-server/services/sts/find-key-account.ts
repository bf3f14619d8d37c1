import { findKeyAccount as findRow } from '../../db/tables/sts-session.ts';
import { Failure } from '../../domain/failure.ts';
import type { ServiceContext } from '../context.ts';
import { authorizeIam, type IamCaller, scopeOf } from '../iam/iam-scope.ts';

/** The account of an access key, lasting or temporary. Keys of accounts that are none of the caller's are not there. Throws AccessDenied, NoSuchEntity. */
export async function findKeyAccount(context: ServiceContext, caller: IamCaller, accessKeyId: string): Promise<string> {
  await authorizeIam(context, caller, 'sts:GetAccessKeyInfo', '*');
  const accountId = await context.catalogue.read((tx) => findRow(tx, accessKeyId));
  const { accountId: ownId, ofAnyAccount } = scopeOf(caller);
  if (accountId === undefined || !(ofAnyAccount || accountId === ownId))
    throw new Failure('NoSuchEntity', 'There is no such access key.');
  return accountId;
}
