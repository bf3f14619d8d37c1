import type { SettingChange } from '../contract/bucket-changes.ts';
import type { ChangePage } from '../services/buckets/list-bucket-changes.ts';

/** A page of a history as the contract shows it. */
export function presentChanges({ changes, below }: ChangePage): {
  readonly changes: SettingChange[];
  readonly nextCursor: string | null;
} {
  return { changes: changes.map(presentChange), nextCursor: below === undefined ? null : String(below) };
}

function presentChange({ change, isLatest }: ChangePage['changes'][number]): SettingChange {
  return {
    id: change.id,
    field: change.field,
    before: change.before_value === null ? null : JSON.parse(change.before_value),
    after: change.after_value === null ? null : JSON.parse(change.after_value),
    actorName: change.actor_name,
    accessKeyId: change.access_key_id,
    atMs: change.at_ms,
    isLatest,
  };
}
