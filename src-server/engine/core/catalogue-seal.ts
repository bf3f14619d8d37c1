import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileCrc32c } from '../checkpoint/file-crc.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import type { FileIo } from '../log/file-io.ts';
import { clearMark, type EngineMarks, readMark, writeMark } from './marks.ts';

/** A larger catalogue is not read whole at every stop and start. */
const SEALED_BYTES_MAX = 1024 * 1024 * 1024;

/**
 * SQLite has no checksums of its own pages: a bit that flips while the server is stopped would be served. So the stop notes what
 * the closed file is, and the next start compares. Leaves no seal where the file is not closed for good; an error is none.
 */
export function sealCatalogue(io: FileIo, dataDir: { readonly path: string; readonly device: number }): void {
  const path = join(dataDir.path, CATALOGUE_FILE);
  try {
    if (hasWal(path)) return;
    const sizeBytes = statSync(path).size;
    if (sizeBytes > SEALED_BYTES_MAX) return;
    writeMark(io, dataDir, 'catalogue-closed', { sizeBytes, crc32c: fileCrc32c(path) });
  } catch {
    // Without a seal the next start trusts the file, as after a crash.
  }
}

/** Why the closed catalogue is not what it was; undefined where it is, or where there is no seal. */
export function findBrokenSeal(dataDir: string): string | undefined {
  const path = join(dataDir, CATALOGUE_FILE);
  const seal = readSeal(dataDir);
  if (seal === undefined || !existsSync(path)) return undefined;
  if (seal === 'unreadable') return 'the seal of the closed catalogue is damaged';
  // Somebody wrote to it since, by other ways than ours.
  if (hasWal(path)) return 'the closed catalogue was written to';
  const isSame = statSync(path).size === seal.sizeBytes && fileCrc32c(path) === seal.crc32c;
  return isSame ? undefined : 'the catalogue is not what it was when it was closed';
}

/** Before anything is written to the catalogue. */
export function breakSeal(io: FileIo, dataDir: string): void {
  clearMark(io, dataDir, 'catalogue-closed');
}

function readSeal(dataDir: string): EngineMarks['catalogue-closed'] | 'unreadable' | undefined {
  try {
    return readMark(dataDir, 'catalogue-closed');
  } catch (error) {
    if (error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}

function hasWal(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
