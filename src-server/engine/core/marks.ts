import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../../platform/fs-durable.ts';
import { closeQuietly, createDurably, type FileIo } from '../log/file-io.ts';

/*
 * Notes in the data folder from a process that stopped itself to the next one. Each is a small JSON file, durable before the
 * process exits.
 */

/** What the next start must not trust, and why. */
export interface EngineMarks {
  /** The catalogue's file: build it from checkpoint and log (LOG.md 23). */
  readonly 'catalogue-doubtful': { readonly reason: string };
  /** What the catalogue's file was when a server closed it in order. */
  readonly 'catalogue-closed': { readonly sizeBytes: number; readonly crc32c: number };
  /**
   * A sync of this segment failed and no disk took the news: its records after `afterSequence` may be readable now and gone
   * after a power cut. `void`: nobody was answered, drop them; `rewrite`: they were answered, write them again (LOG.md 9, 11).
   */
  readonly 'log-suspect': {
    readonly diskUuid: string;
    readonly segment: number;
    readonly afterSequence: number;
    readonly disposition: 'void' | 'rewrite';
    readonly reason: string;
  };
  /** A record that could not be replayed; the second time at one record the service reads only (LOG.md 10). */
  readonly 'replay-failed': { readonly sequence: number; readonly crc: number; readonly reason: string };
}

/** Undefined where no such mark stands. A mark that cannot be read is thrown, not skipped. */
export function readMark<N extends keyof EngineMarks>(dataDir: string, name: N): EngineMarks[N] | undefined {
  try {
    // Written by `writeMark` below, durably and whole.
    return JSON.parse(readFileSync(markPath(dataDir, name), 'utf8')) as EngineMarks[N];
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** @throws the system's error */
export function writeMark<N extends keyof EngineMarks>(
  io: FileIo,
  dataDir: { readonly path: string; readonly device: number },
  name: N,
  mark: EngineMarks[N],
): void {
  const pieces = [{ bytes: Buffer.from(`${JSON.stringify(mark)}\n`), offset: 0 }];
  closeQuietly(io, createDurably(io, { path: markPath(dataDir.path, name), pieces, device: dataDir.device }));
}

/** Durable too: a mark that came back would undo good work. */
export function clearMark(io: FileIo, dataDir: string, name: keyof EngineMarks): void {
  try {
    io.unlink(markPath(dataDir, name));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return;
  }
  io.syncFolder(dataDir);
}

function markPath(dataDir: string, name: keyof EngineMarks): string {
  return join(dataDir, `${name}.json`);
}
