import type { Transfer } from './engine/transfer.ts';
import { transferErrorText } from './error-text.ts';

/** The failed ones as CSV (RFC 4180), with what a person and what a program would look for. */
export function errorListCsv(transfers: Iterable<Transfer>): string {
  const rows: string[][] = [['path', 'bucket', 'key', 'bytes', 'code', 'reason']];
  for (const { path, bucket, key, sizeBytes, error } of transfers) {
    if (error === undefined) continue;
    rows.push([path, bucket, key, String(sizeBytes), error.code, transferErrorText(error)]);
  }
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

/** A leading apostrophe keeps spreadsheets from taking a file's name for a formula. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
