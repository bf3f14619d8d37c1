import type { ServiceContext } from '../context.ts';
import { announceKeys } from '../keys/announce-keys.ts';
import { actorOf, askAboutUser, type IamCaller } from './ask.ts';

/** Enables, disables or removes a key of a user. Throws AccessDenied, NoSuchEntity. */
export async function changeIamKey(
  context: ServiceContext,
  identity: IamCaller,
  { userName, accessKeyId }: { readonly userName: string | undefined; readonly accessKeyId: string },
  change: 'active' | 'disabled' | 'delete',
): Promise<void> {
  const action = change === 'delete' ? 'iam:DeleteAccessKey' : 'iam:UpdateAccessKey';
  const { name } = await askAboutUser(context, identity, action, userName);
  const { userId, isRoleSession } = actorOf(identity);
  const about = { actorId: userId, accessKeyId, iam: { isRoleSession, userName: name } };
  const holderId =
    change === 'delete'
      ? await context.engine.submit('delete-access-key', about)
      : await context.engine.submit('update-access-key', {
          ...about,
          state: change,
          label: undefined,
          expiresMs: undefined,
          nowMs: context.now(),
        });
  announceKeys(context, holderId);
}
