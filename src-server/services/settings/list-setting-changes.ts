import { listChanges, newestChanges } from '../../db/tables/change-record.ts';
import { authorize } from '../access/authorize.ts';
import type { ChangePage } from '../buckets/list-bucket-changes.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';

const TARGET = { scope: 'setting', target: '' } as const;

/** A page of what was changed of the settings, newest first. Throws AccessDenied. */
export async function listSettingChanges(
  context: ServiceContext,
  identity: Identity,
  { below, limit }: { readonly below: number; readonly limit: number },
): Promise<ChangePage> {
  await authorize(context, { identity, iamAction: 'stowage:ReadAppliance' });
  const { rows, newest } = await context.catalogue.read(async (tx) => ({
    rows: await listChanges(tx, TARGET, { below, limit: limit + 1 }),
    newest: await newestChanges(tx, TARGET),
  }));
  const changes = rows.slice(0, limit);
  return {
    changes: changes.map((change) => ({ change, isLatest: newest.get(change.field) === change.id })),
    below: rows.length > limit ? changes.at(-1)?.id : undefined,
  };
}
