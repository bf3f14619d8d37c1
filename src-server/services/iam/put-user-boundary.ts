import type { ServiceContext } from '../context.ts';
import { announcePeople } from '../people/announce-people.ts';
import { actorOf, askAboutUser, type IamCaller } from './ask.ts';
import { requireBoundary } from './boundary.ts';

/**
 * Sets what a user may have at most, or lifts that. Throws AccessDenied, NoSuchEntity.
 *
 * @param arn of a managed policy; undefined: no limit any more
 */
export async function putUserBoundary(
  context: ServiceContext,
  identity: IamCaller,
  userName: string,
  arn: string | undefined,
): Promise<void> {
  const verb = arn === undefined ? 'Delete' : 'Put';
  const { name } = await askAboutUser(context, identity, `iam:${verb}UserPermissionsBoundary`, userName);
  const policyId = arn === undefined ? null : await requireBoundary(context, identity, arn);
  const input = { actor: actorOf(identity), name, policyId };
  announcePeople(context, await context.engine.submit('put-user-boundary', input));
}
