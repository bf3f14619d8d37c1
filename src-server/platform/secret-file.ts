import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a secret so that only this user can read it and a power cut leaves the old file or the new one, never half of one.
 * The folder must exist. Throws Node's error.
 */
export function writeSecretFile(path: string, text: string): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  const fd = openSync(temporary, 'wx', 0o600);
  try {
    const bytes = Buffer.from(text);
    const written = writeSync(fd, bytes);
    if (written !== bytes.byteLength)
      throw new Error(`${path}: only ${written} of ${bytes.byteLength} bytes were written`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
  syncFolderOf(path);
}

/** The text of a secret file, undefined where there is none. */
export function readSecretFile(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Removes a secret file for good; nothing happens where there is none. */
export function removeSecretFile(path: string): void {
  if (!existsSync(path)) return;
  rmSync(path, { force: true });
  syncFolderOf(path);
}

/** Windows has no such call, and journals its names. */
function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(dirname(path), 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
