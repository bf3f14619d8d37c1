import { randomBytes } from 'node:crypto';
import { findGroupByName, type IamGroupRow } from '../../db/tables/iam-group.ts';
import { groupArn, uniqueIdFrom } from '../../domain/arn-names.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { actorOf, type IamCaller } from './ask.ts';

const UNIQUE_BYTES = 17;

/** Adds a group to the caller's account. Throws AccessDenied, EntityAlreadyExists, LimitExceeded. */
export async function createGroup(
  context: ServiceContext,
  identity: IamCaller,
  { name, path }: { readonly name: string; readonly path: string },
): Promise<IamGroupRow> {
  const { accountId } = identity;
  await authorize(context, { identity, iamAction: 'iam:CreateGroup', resource: groupArn(accountId, path, name) });
  const uniqueId = uniqueIdFrom('AGPA', randomBytes(UNIQUE_BYTES));
  await context.engine.submit('create-group', { actor: actorOf(identity), name, path, uniqueId, nowMs: context.now() });
  announcePolicies(context);
  const row = await context.catalogue.read((tx) => findGroupByName(tx, accountId, name));
  if (row === undefined) throw new Error('the group that was just made is gone');
  return row;
}
