import type { FileSystem } from './fs-port.ts';

/** The name of an errno (`ENOSPC`), or undefined for anything that is no system call's error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** True for the errors by which a file system says that it has no room: full, quota, or grown too large. */
export function isNoSpace(errno: string | undefined): boolean {
  return errno === 'ENOSPC' || errno === 'EDQUOT' || errno === 'EFBIG';
}

/** A write or read that moved fewer bytes than asked. On a full disk the system may say so without an error (LOG.md 2). */
export class ShortTransfer extends Error {
  override readonly name = 'ShortTransfer';
  readonly code: 'ENOSPC' | 'EIO';

  constructor(what: 'write' | 'read', wanted: number, moved: number) {
    super(`${what} moved ${moved} of ${wanted} bytes`);
    this.code = what === 'write' ? 'ENOSPC' : 'EIO';
  }
}

/** Writes all of `bytes` at `position` in one call. Throws the system's error, or ShortTransfer. */
export async function writeFully(fs: FileSystem, fd: number, bytes: Uint8Array, position: number): Promise<void> {
  const written = await fs.write(fd, bytes, position);
  if (written !== bytes.byteLength) throw new ShortTransfer('write', bytes.byteLength, written);
}

/** Fills all of `bytes` from `position`. Throws the system's error, or ShortTransfer where the file ends before. */
export async function readFully(fs: FileSystem, fd: number, bytes: Uint8Array, position: number): Promise<void> {
  const moved = await fs.read(fd, bytes, position);
  if (moved !== bytes.byteLength) throw new ShortTransfer('read', bytes.byteLength, moved);
}

/** Makes a folder's entries durable. Windows has no such call, its rename is journalled. */
export async function syncFolder(fs: FileSystem, path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const fd = await fs.open(path, 'r');
  try {
    await fs.fsync(fd);
  } finally {
    // The sync has answered; closing a folder promises nothing.
    await fs.close(fd).catch(() => {});
  }
}

/** Removes a file; true if it was there. Throws anything but its absence. */
export async function unlinkIfThere(fs: FileSystem, path: string): Promise<boolean> {
  try {
    await fs.unlink(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
