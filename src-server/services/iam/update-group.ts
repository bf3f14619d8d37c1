import { groupArn } from '../../domain/arn-names.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { actorOf, askAboutGroup, type IamCaller } from './ask.ts';

export interface UpdateGroupRequest {
  readonly name: string;
  /** Undefined: stays. */
  readonly newName: string | undefined;
  readonly newPath: string | undefined;
}

/** Gives a group another name or path. Throws AccessDenied, NoSuchEntity, EntityAlreadyExists. */
export async function updateGroup(
  context: ServiceContext,
  identity: IamCaller,
  { name, newName, newPath }: UpdateGroupRequest,
): Promise<void> {
  const group = await askAboutGroup(context, identity, 'iam:UpdateGroup', name);
  const resource = groupArn(group.account_id, newPath ?? group.path, newName ?? group.name);
  await authorize(context, { identity, iamAction: 'iam:UpdateGroup', resource });
  await context.engine.submit('update-group', { actor: actorOf(identity), name, newName, newPath });
  announcePolicies(context);
}
