import type { Operation } from '../contract/operations.ts';
import type { OperationView } from '../services/operations/operation-view.ts';

/** An operation as lists and dialogs show it. */
export function presentOperation({ row, summary, problems, undo }: OperationView): Operation {
  return {
    id: String(row.id),
    kind: row.kind,
    state: row.state,
    user: row.user_name,
    bucket: row.bucket_name,
    ...summary,
    totalObjects: row.total_objects,
    totalBytes: row.total_bytes,
    doneObjects: row.done_objects,
    doneBytes: row.done_bytes,
    skipped: row.skipped,
    failed: row.failed,
    problems: [...problems],
    undo,
    createdAtMs: row.created_ms,
    startedAtMs: row.started_ms,
    finishedAtMs: row.finished_ms,
  };
}
