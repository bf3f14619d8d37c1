import { stat, statfs } from 'node:fs/promises';

/** Bytes of the file system that holds a folder. */
export interface DiskSpace {
  readonly totalBytes: number;
  /** Free for us: without the root user's reserve unless we are root. */
  readonly freeBytes: number;
}

/** Asks the system. Rejects with its error; may take as long as the disk does. */
export async function readDiskSpace(path: string): Promise<DiskSpace> {
  const facts = await statfs(path);
  const free = process.getuid?.() === 0 ? facts.bfree : facts.bavail;
  return { totalBytes: facts.blocks * facts.bsize, freeBytes: free * facts.bsize };
}

/** The space of a folder's file system, and which one it is; undefined where the folder cannot be asked. */
export async function readSpaceOfDevice(path: string): Promise<(DiskSpace & { readonly device: number }) | undefined> {
  try {
    const [{ dev }, space] = await Promise.all([stat(path), readDiskSpace(path)]);
    return { ...space, device: dev };
  } catch {
    return undefined;
  }
}
