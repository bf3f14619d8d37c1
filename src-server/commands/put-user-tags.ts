import { setIamColumns } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import { changedTags, type IamTags } from '../domain/iam-rules.ts';
import type { UserId } from '../domain/ids.ts';
import { type IamActor, requireChangeableUser, requireIamActor } from './support/iam-actor.ts';

export interface PutUserTagsInput {
  readonly actor: IamActor;
  readonly name: string;
  readonly put: IamTags;
  readonly removed: readonly string[];
}

/** Puts tags on a user and takes others away. Throws AccessDenied, NoSuchEntity, LimitExceeded. */
export async function putUserTags(tx: WriteTx, { actor, name, put, removed }: PutUserTagsInput): Promise<UserId> {
  const user = await requireChangeableUser(tx, await requireIamActor(tx, actor), name);
  // The column is written here only.
  const stand = user.tags === null ? {} : (JSON.parse(user.tags) as IamTags);
  const tags = changedTags(stand, put, removed);
  await setIamColumns(tx, user.id, {
    ...user,
    tags: Object.keys(tags).length === 0 ? null : JSON.stringify(tags),
  });
  return user.id;
}
