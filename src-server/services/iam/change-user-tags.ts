import type { IamTags } from '../../domain/iam-rules.ts';
import type { ServiceContext } from '../context.ts';
import { announcePeople } from '../people/announce-people.ts';
import { actorOf, askAboutUser, type IamCaller } from './ask.ts';

/** Puts tags on a user, or takes some away. Throws AccessDenied, NoSuchEntity, LimitExceeded. */
export async function changeUserTags(
  context: ServiceContext,
  identity: IamCaller,
  userName: string,
  { put, removed }: { readonly put: IamTags; readonly removed: readonly string[] },
): Promise<void> {
  const action = removed.length > 0 ? 'iam:UntagUser' : 'iam:TagUser';
  const { name } = await askAboutUser(context, identity, action, userName);
  const input = { actor: actorOf(identity), name, put, removed };
  announcePeople(context, await context.engine.submit('put-user-tags', input));
}
