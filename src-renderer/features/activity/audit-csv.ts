import type { AuditEntryView } from '../../../src-server/contract/audit.ts';

const COLUMNS = [
  'id',
  'outcome',
  'atMs',
  'who',
  'arn',
  'accessKeyId',
  'action',
  'resource',
  'port',
  'address',
  'requestId',
  'code',
  'count',
  'reason',
] as const satisfies readonly (keyof AuditEntryView)[];

/** Records as CSV by RFC 4180, the time as ISO 8601. What a spreadsheet would take for a formula stays text. */
export function auditCsv(entries: readonly AuditEntryView[]): string {
  const rows = entries.map((entry) => [
    new Date(entry.atMs).toISOString(),
    ...COLUMNS.map((column) => entry[column]),
    Object.keys(entry.details).length === 0 ? '' : JSON.stringify(entry.details),
  ]);
  return [['time', ...COLUMNS, 'details'], ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
