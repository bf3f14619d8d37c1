import type { FileSystem } from '../../platform/fs-port.ts';

/** The path leads to another device than the disk's: it is unmounted, and its folder belongs to the disk below. */
export class DiskVanished extends Error {
  override readonly name = 'DiskVanished';
  readonly code = 'ENODEV';
}

/**
 * Creates a file that must not exist, for writing, and makes sure that it landed on the disk it was meant for (LOG.md 18).
 * Throws the system's error, or DiskVanished after removing the file again.
 */
export async function createOnDisk(fs: FileSystem, path: string, device: number): Promise<number> {
  const fd = await fs.open(path, 'wx');
  try {
    const facts = await fs.facts(fd);
    if (facts.device === device) return fd;
    throw new DiskVanished(`${path} would stand on device ${facts.device}, the disk is ${device}`);
  } catch (error) {
    await fs.close(fd).catch(() => {});
    await fs.unlink(path).catch(() => {});
    throw error;
  }
}
