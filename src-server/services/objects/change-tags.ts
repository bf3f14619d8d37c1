import type { Tag } from '../../domain/bucket-settings.ts';
import type { ServiceContext } from '../context.ts';
import { getObjectTagging } from './get-object-tagging.ts';
import { putObjectTagging } from './put-object-tagging.ts';
import type { VersionRef } from './stored-object.ts';

export interface TagChange {
  readonly set: readonly Tag[];
  readonly remove: readonly string[];
}

/** Adds, changes and removes tags of an object; its other tags stay. Throws as `getObjectTagging` and `putObjectTagging`. */
export async function changeTags(context: ServiceContext, ref: VersionRef, { set, remove }: TagChange): Promise<void> {
  const { tags } = await getObjectTagging(context, ref);
  const changed = new Map(tags.map(({ key, value }) => [key, value]));
  for (const key of remove) changed.delete(key);
  for (const { key, value } of set) changed.set(key, value);
  await putObjectTagging(
    context,
    ref,
    [...changed].map(([key, value]) => ({ key, value })),
  );
}
