import type { SqliteStatement } from './open-database.ts';

/** A statement that LOG.md's rules 4-6 do not admit. A bug in a table file, never a caller's fault. */
export class StatementRefused extends Error {
  override readonly name = 'StatementRefused';
}

const READS = /^\s*(?:SELECT|WITH|VALUES)\b/i;
const WRITES = /^\s*(?:INSERT|UPDATE|DELETE)\b/i;
const TARGET_TABLE = /^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+"?(\w+)"?/i;

/** What would make a replay differ from the first run (LOG.md 6), or end the batch's transaction behind the engine's back. */
const FORBIDDEN_IN_WRITES = [
  /\bCURRENT_(?:TIMESTAMP|DATE|TIME)\b/i,
  /\b(?:random|randomblob|changes|total_changes|last_insert_rowid)\s*\(/i,
  /\b(?:date|time|datetime|julianday|unixepoch|strftime|timediff)\s*\(/i,
  /\b(?:printf|format|group_concat|string_agg)\s*\(/i,
  /\bjsonb?_?\w*\s*\(/i,
  /->/,
  /\b(?:rowid|_rowid_|oid)\b/i,
  /\bOR\s+(?:ROLLBACK|FAIL)\b/i,
  /\bRAISE\s*\(/i,
];

/** Tables that change with every object or sign-in: caches of keys, users, buckets and policies do not depend on them. */
const UNCACHED_TABLES: ReadonlySet<string> = new Set([
  'container',
  'replica',
  'extent',
  'garbage',
  'body_extent',
  'bucket_usage',
  'tenant_usage',
  'held_name',
  'object_version',
  'version_part',
  'upload',
  'upload_part',
  'session',
  'access_key_use',
  'password_link',
  'second_factor',
  'recovery_code',
  'change_record',
  'audit_record',
  'share',
  'share_ticket',
  'share_use',
  'operation',
  'operation_request',
  'operation_batch',
  'operation_item',
  'binned_object',
  'lock_clock',
]);

/** Throws StatementRefused unless the statement only reads. */
export function checkReadStatement(sql: string, statement: SqliteStatement): void {
  if (!statement.readonly || !READS.test(sql)) throw new StatementRefused(`not a reading statement: ${sql}`);
}

/** Throws StatementRefused unless the statement is one INSERT, UPDATE or DELETE that replays to the same effect. */
export function checkWriteStatement(sql: string): void {
  if (!WRITES.test(sql)) throw new StatementRefused(`neither INSERT, UPDATE nor DELETE: ${sql}`);
  const rule = FORBIDDEN_IN_WRITES.find((forbidden) => forbidden.test(sql));
  if (rule !== undefined) throw new StatementRefused(`not deterministic (${rule.source}): ${sql}`);
}

/** Does this writing statement change what caches of keys, users and bucket settings hold (LOG.md 13)? */
export function raisesGeneration(sql: string): boolean {
  const table = TARGET_TABLE.exec(sql)?.[1]?.toLowerCase();
  return table === undefined || !UNCACHED_TABLES.has(table);
}
