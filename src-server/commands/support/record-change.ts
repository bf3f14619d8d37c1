import { type ChangeRecordRow, forgetOldChanges, insertChangeRecord } from '../../db/tables/change-record.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { AuditActor } from '../../domain/audit.ts';
import type { EpochMs } from '../../domain/ids.ts';

/** Who made a change: what the history keeps of the audit trail's actor. */
export type ChangeActor = Pick<AuditActor, 'userId' | 'name' | 'accessKeyId'>;

export interface Change extends Pick<ChangeRecordRow, 'scope' | 'target' | 'field'> {
  /** As JSON can say it; undefined where nothing is set. */
  readonly before: unknown;
  readonly after: unknown;
  readonly by: ChangeActor;
  readonly nowMs: EpochMs;
}

/** Of one bucket, or of the settings; the oldest go first. */
const KEPT_CHANGES = 500;

/** Notes a change in the history of its target; nothing where the value stays as it was. */
export async function recordChange(tx: WriteTx, change: Change): Promise<void> {
  const before = toJson(change.before);
  const after = toJson(change.after);
  if (before === after) return;
  await insertChangeRecord(tx, {
    id: tx.nextId(),
    scope: change.scope,
    target: change.target,
    field: change.field,
    before_value: before,
    after_value: after,
    actor_id: change.by.userId,
    actor_name: change.by.name,
    access_key_id: change.by.accessKeyId,
    at_ms: change.nowMs,
  });
  await forgetOldChanges(tx, change, KEPT_CHANGES);
}

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
