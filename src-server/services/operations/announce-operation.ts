import { findUserById } from '../../db/tables/iam-user.ts';
import { findOperation, type OperationRow } from '../../db/tables/operation.ts';
import type { OperationId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** Tells who asked for an operation, and the admins of their account, how far it is. */
export async function announceOperation(context: ServiceContext, id: OperationId): Promise<void> {
  const { row, user } = await context.catalogue.read(async (tx) => {
    const found = await findOperation(tx, id);
    return { row: found, user: found && (await findUserById(tx, found.user_id)) };
  });
  if (row === undefined) return;
  const event = eventOf(row);
  context.events.publish(event, { userId: row.user_id });
  context.events.publish(event, user === undefined ? 'operators' : { adminsOf: user.account_id });
}

function eventOf({ id, state, kind, bucket_name, done_objects, total_objects, summary }: OperationRow) {
  const target: unknown = JSON.parse(summary);
  return {
    kind: 'operation' as const,
    id: String(id),
    what: kind,
    state,
    buckets: [...new Set([bucket_name as string, ...targetOf(target)])],
    doneObjects: done_objects,
    totalObjects: total_objects,
  };
}

function targetOf(summary: unknown): string[] {
  const bucket = (summary as { target: { bucket: string } | null }).target?.bucket;
  return bucket === undefined ? [] : [bucket];
}
