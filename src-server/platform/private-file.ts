import { join } from 'node:path';
import { syncFolder, unlinkIfThere, writeFully } from './fs-durable.ts';
import { type FileSystem, nodeFileSystem } from './fs-port.ts';

const PRIVATE = 0o600;

/**
 * Writes a small file that only its owner may read, over what was there: complete under its name or not at all, and
 * durable when this resolves.
 */
export async function writePrivateFile(
  folder: string,
  name: string,
  content: string,
  fs: FileSystem = nodeFileSystem,
): Promise<void> {
  const temporary = join(folder, `.${name}.new`);
  await unlinkIfThere(fs, temporary);
  const fd = await fs.open(temporary, 'wx', PRIVATE);
  try {
    await writeFully(fs, fd, Buffer.from(content), 0);
    await fs.fdatasync(fd);
  } finally {
    await fs.close(fd);
  }
  await fs.rename(temporary, join(folder, name));
  await syncFolder(fs, folder);
}

/** Removes a file durably; true if it was there. */
export async function removePrivateFile(
  folder: string,
  name: string,
  fs: FileSystem = nodeFileSystem,
): Promise<boolean> {
  const removed = await unlinkIfThere(fs, join(folder, name));
  if (removed) await syncFolder(fs, folder);
  return removed;
}
