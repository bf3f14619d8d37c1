import { userArn } from '../../domain/arn-names.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import { announcePeople } from '../people/announce-people.ts';
import { actorOf, askAboutUser, type IamCaller } from './ask.ts';

export interface UpdateIamUserRequest {
  readonly name: string;
  /** Undefined: stays. */
  readonly newName: string | undefined;
  readonly newPath: string | undefined;
}

/** Gives a user another name or path. Throws AccessDenied, NoSuchEntity, EntityAlreadyExists. */
export async function updateIamUser(
  context: ServiceContext,
  identity: IamCaller,
  { name, newName, newPath }: UpdateIamUserRequest,
): Promise<void> {
  const user = await askAboutUser(context, identity, 'iam:UpdateUser', name);
  // Who may rename has to be allowed under the new name too (IAM API reference, UpdateUser).
  const resource = userArn(user.account_id, newPath ?? user.path, newName ?? user.name);
  await authorize(context, { identity, iamAction: 'iam:UpdateUser', resource });
  const input = { actor: actorOf(identity), name: user.name, newName, newPath };
  announcePeople(context, await context.engine.submit('update-iam-user', input));
}
