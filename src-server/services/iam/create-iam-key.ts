import type { AccessKeyPair } from '../access/new-credentials.ts';
import type { ServiceContext } from '../context.ts';
import { announceKeys } from '../keys/announce-keys.ts';
import { sealNewKey } from '../keys/seal-new-key.ts';
import { actorOf, askAboutUser, type IamCaller } from './ask.ts';

export interface NewIamKey {
  readonly userName: string;
  readonly pair: AccessKeyPair;
  readonly createdMs: number;
}

/** Makes a key, no wider than the one that asks for it. Throws AccessDenied, NoSuchEntity, LimitExceeded. */
export async function createIamKey(
  context: ServiceContext,
  identity: IamCaller,
  userName: string | undefined,
): Promise<NewIamKey> {
  const { name } = await askAboutUser(context, identity, 'iam:CreateAccessKey', userName);
  const { pair, key } = sealNewKey(context);
  const nowMs = context.now();
  const { userId, isRoleSession } = actorOf(identity);
  const iam = { isRoleSession, accessKeyId: identity.accessKeyId };
  const input = { actorId: userId, userName: name, key, label: '', expiresMs: null, iam, nowMs };
  announceKeys(context, await context.engine.submit('create-access-key', input));
  return { userName: name, pair, createdMs: nowMs };
}
