import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  statfsSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { errnoOf, isNoSpace, ShortTransfer } from '../../platform/fs-durable.ts';

/** Space of the file system that holds a path. */
export interface SpaceFacts {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/**
 * The file primitives with which the engine writes. One object, so that a test can make each call fail, write short or
 * find the disk full. All but `syncInBackground` block the commit thread, as they must.
 */
export interface FileIo {
  open(path: string, flags: 'wx' | 'r+'): number;
  /** Bytes written; fewer than asked is a failed write (LOG.md 2). */
  write(fd: number, bytes: Uint8Array, position: number): number;
  fdatasync(fd: number): void;
  /** `fdatasync` on the log's own thread. */
  syncInBackground(fd: number): Promise<void>;
  truncate(fd: number, length: number): void;
  close(fd: number): void;
  rename(from: string, to: string): void;
  unlink(path: string): void;
  mkdir(path: string): void;
  syncFolder(path: string): void;
  deviceOf(fd: number): number;
  space(path: string): SpaceFacts;
}

/** node:fs, with `syncInBackground` as given (the sync thread in service). */
export function nodeFileIo(syncInBackground: (fd: number) => Promise<void>): FileIo {
  return {
    open: (path, flags) => openSync(path, flags, 0o600),
    write: (fd, bytes, position) => writeSync(fd, bytes, 0, bytes.length, position),
    fdatasync: fdatasyncSync,
    syncInBackground,
    truncate: ftruncateSync,
    close: closeSync,
    rename: renameSync,
    unlink: unlinkSync,
    mkdir: (path) => void mkdirSync(path, { mode: 0o700 }),
    syncFolder,
    deviceOf: (fd) => fstatSync(fd).dev,
    space: (path) => {
      const facts = statfsSync(path);
      return { freeBytes: facts.bavail * facts.bsize, totalBytes: facts.blocks * facts.bsize };
    },
  };
}

/** Windows has no folder sync: NTFS journals names by itself. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** The folder in which a file was made is not on the disk it should be on: the disk has vanished (LOG.md 18). */
export class DiskVanished extends Error {
  override readonly name = 'DiskVanished';
}

/** A file was not made durable, and yet a later start may find it under its name. `code`: the system's, where it had one. */
export class NameDoubtful extends Error {
  override readonly name = 'NameDoubtful';
  readonly code: string | undefined;

  constructor(path: string, cause: unknown) {
    super(`${path} may be found although it was not made`, { cause });
    this.code = errnoOf(cause);
  }
}

/** Writes all of `bytes` at `position`. Throws ShortTransfer where fewer were taken, or the system's error. */
export function writeAll(io: FileIo, fd: number, bytes: Uint8Array, position: number): void {
  const written = io.write(fd, bytes, position);
  if (written !== bytes.length) throw new ShortTransfer('write', bytes.length, written);
}

/** Did this error mean that a disk is full? A short write is how a full disk may answer (LOG.md 2). */
export function isDiskFull(error: unknown): boolean {
  const code = errnoOf(error);
  return isNoSpace(code) || code === 'SQLITE_FULL';
}

export interface DurableFile {
  /** Where it stands once it is durable. Its folder exists. */
  readonly path: string;
  /** Contents, written one after the other from the file's start, each at its offset. */
  readonly pieces: readonly { readonly bytes: Uint8Array; readonly offset: number }[];
  /** Device that the disk's folder had when it was opened. */
  readonly device: number;
}

/**
 * The recipe for a file that exists wholly or not at all: temp file, write, sync, rename, folder sync. Answers its open
 * descriptor. On any error the temp file is removed as far as possible and the error thrown.
 *
 * @throws DiskVanished when the file came to stand on another device; NameDoubtful when it may have got its name all the same
 */
export function createDurably(io: FileIo, file: DurableFile): number {
  const temporary = `${file.path}.new`;
  removeLeftover(io, temporary);
  const fd = io.open(temporary, 'wx');
  let mayHaveName = false;
  try {
    if (io.deviceOf(fd) !== file.device) throw new DiskVanished(`${dirname(file.path)} is on another device now`);
    for (const piece of file.pieces) writeAll(io, fd, piece.bytes, piece.offset);
    io.fdatasync(fd);
    mayHaveName = true;
    io.rename(temporary, file.path);
    io.syncFolder(dirname(file.path));
    return fd;
  } catch (error) {
    closeQuietly(io, fd);
    removeLeftover(io, temporary);
    throw mayHaveName ? new NameDoubtful(file.path, error) : error;
  }
}

/** Makes `name` under `parent` when it is missing, durably. Never makes `parent`: an empty mount point is not a disk. */
export function ensureFolder(io: FileIo, parent: string, name: string): string {
  const path = join(parent, name);
  try {
    io.mkdir(path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    return path;
  }
  io.syncFolder(parent);
  return path;
}

function removeLeftover(io: FileIo, path: string): void {
  try {
    io.unlink(path);
  } catch {
    // There is none, or the disk does not let go of it: the next attempt meets it again.
  }
}

export function closeQuietly(io: FileIo, fd: number): void {
  try {
    io.close(fd);
  } catch {
    // Nothing written through it counts any more.
  }
}
