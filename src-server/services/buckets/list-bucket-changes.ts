import { type ChangeRecordRow, listChanges, newestChanges } from '../../db/tables/change-record.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { requireBucket } from './require-bucket.ts';

export interface ChangePage {
  /** `isLatest`: the newest of its setting, so that undoing it makes sense. */
  readonly changes: readonly { readonly change: ChangeRecordRow; readonly isLatest: boolean }[];
  /** Where the next page begins; undefined on the last one. */
  readonly below: number | undefined;
}

/** A page of what was changed of a bucket's settings, newest first. Throws NoSuchBucket. */
export async function listBucketChanges(
  context: ServiceContext,
  name: BucketName,
  page: { readonly below: number; readonly limit: number },
): Promise<ChangePage> {
  const { id } = await requireBucket(context, name);
  const target = { scope: 'bucket', target: String(id) } as const;
  const { rows, newest } = await context.catalogue.read(async (tx) => ({
    rows: await listChanges(tx, target, { below: page.below, limit: page.limit + 1 }),
    newest: await newestChanges(tx, target),
  }));
  const changes = rows.slice(0, page.limit);
  return {
    changes: changes.map((change) => ({ change, isLatest: newest.get(change.field) === change.id })),
    below: rows.length > page.limit ? changes.at(-1)?.id : undefined,
  };
}
