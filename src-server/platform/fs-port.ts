import * as fs from 'node:fs';
import { promisify } from 'node:util';

/** What a file's device and length are; times in epoch milliseconds. */
export interface FileFacts {
  readonly device: number;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/**
 * The file primitives that bytes go through, so that a test can make any single call fail. Each maps to one system call
 * and rejects with Node's error (its `code` is the errno's name). Buffers may stand in shared memory.
 */
export interface FileSystem {
  /** @param flags as `node:fs` has them; `wx` creates and never overwrites */
  open(path: string, flags: string, mode?: number): Promise<number>;
  /** Answers how many bytes went: fewer than asked is a failed write (`writeFully`). */
  write(fd: number, bytes: Uint8Array, position: number): Promise<number>;
  read(fd: number, bytes: Uint8Array, position: number): Promise<number>;
  /** The same at once, in this thread: for what is likely in the page cache. Throws Node's error. */
  readNow?(fd: number, bytes: Uint8Array, position: number): number;
  fdatasync(fd: number): Promise<void>;
  fsync(fd: number): Promise<void>;
  close(fd: number): Promise<void>;
  facts(fd: number): Promise<FileFacts>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  mkdir(path: string): Promise<void>;
  list(path: string): Promise<string[]>;
}

// The callback API of node:fs costs a third of FileHandle's price a call, and takes plain descriptors.
const open = promisify(fs.open);
const fdatasync = promisify(fs.fdatasync);
const fsync = promisify(fs.fsync);
const close = promisify(fs.close);
const fstat = promisify(fs.fstat);
const rename = promisify(fs.rename);
const unlink = promisify(fs.unlink);
const readdir = promisify(fs.readdir);

export const nodeFileSystem: FileSystem = {
  open: (path, flags, mode = 0o600) => open(path, flags, mode),
  write: (fd, bytes, position) =>
    new Promise((resolve, reject) => {
      fs.write(fd, bytes, 0, bytes.byteLength, position, (error, count) => (error ? reject(error) : resolve(count)));
    }),
  read: (fd, bytes, position) =>
    new Promise((resolve, reject) => {
      fs.read(fd, bytes, 0, bytes.byteLength, position, (error, count) => (error ? reject(error) : resolve(count)));
    }),
  readNow: (fd, bytes, position) => fs.readSync(fd, bytes, 0, bytes.byteLength, position),
  fdatasync,
  fsync,
  close,
  facts: async (fd) => {
    const stat = await fstat(fd);
    return { device: stat.dev, sizeBytes: stat.size, modifiedMs: stat.mtimeMs };
  },
  rename,
  unlink,
  mkdir: (path) =>
    new Promise((resolve, reject) => fs.mkdir(path, 0o700, (error) => (error ? reject(error) : resolve()))),
  list: (path) => readdir(path),
};
