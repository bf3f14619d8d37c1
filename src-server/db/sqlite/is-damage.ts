import { errnoOf } from '../../platform/fs-durable.ts';

/** Did SQLite find the file's content impossible? Errors of the disk are something else. */
export function isDamage(error: unknown): boolean {
  const code = errnoOf(error);
  return code !== undefined && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB');
}
