import type { IamUserRow } from '../../db/tables/iam-user.ts';
import { findUserById } from '../../db/tables/iam-user.ts';
import { userArn } from '../../domain/arn-names.ts';
import type { IamTags } from '../../domain/iam-rules.ts';
import { authorize } from '../access/authorize.ts';
import { newAccountIds } from '../access/new-credentials.ts';
import type { ServiceContext } from '../context.ts';
import { announcePeople } from '../people/announce-people.ts';
import { actorOf, type IamCaller } from './ask.ts';
import { requireBoundary } from './boundary.ts';

export interface CreateIamUserRequest {
  readonly name: string;
  readonly path: string;
  readonly tags: IamTags;
  /** ARN of a managed policy. */
  readonly boundaryArn: string | undefined;
}

/** Adds a user to the caller's account, who may nothing yet. Throws AccessDenied, EntityAlreadyExists, NoSuchEntity, LimitExceeded. */
export async function createIamUser(
  context: ServiceContext,
  identity: IamCaller,
  { name, path, tags, boundaryArn }: CreateIamUserRequest,
): Promise<IamUserRow> {
  const resource = userArn(identity.accountId, path, name);
  await authorize(context, { identity, iamAction: 'iam:CreateUser', resource });
  const isTagged = Object.keys(tags).length > 0;
  if (isTagged) await authorize(context, { identity, iamAction: 'iam:TagUser', resource });
  if (boundaryArn !== undefined) {
    await authorize(context, { identity, iamAction: 'iam:PutUserPermissionsBoundary', resource });
  }
  const id = await context.engine.submit('create-iam-user', {
    actor: actorOf(identity),
    name,
    path,
    tags,
    boundaryPolicyId: boundaryArn === undefined ? null : await requireBoundary(context, identity, boundaryArn),
    canonicalId: newAccountIds().canonicalId,
    nowMs: context.now(),
  });
  announcePeople(context, id);
  const row = await context.catalogue.read((tx) => findUserById(tx, id));
  if (row === undefined) throw new Error('the user that was just made is gone');
  return row;
}
