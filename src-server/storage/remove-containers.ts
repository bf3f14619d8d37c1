import { dirname } from 'node:path';
import { crashPoint } from '../platform/crash-point.ts';
import { errnoOf, syncFolder, unlinkIfThere } from '../platform/fs-durable.ts';
import type { FileSystem } from '../platform/fs-port.ts';
import { containerPath } from './layout.ts';

/** A container's file on one disk. */
export interface ContainerFile {
  readonly root: string;
  readonly kind: 'segment' | 'chunk';
  readonly name: string;
}

/**
 * Unlinks files whose rows are doomed; those that are gone already are fine. Durable when this resolves, so that the rows
 * may be forgotten. Throws the system's error; it may be called again with the same files.
 */
export async function removeContainerFiles(fs: FileSystem, files: readonly ContainerFile[]): Promise<void> {
  const folders = new Set<string>();
  for (const { root, kind, name } of files) {
    const path = containerPath(root, kind, name);
    crashPoint('container-before-unlink');
    await unlinkIfThere(fs, path);
    crashPoint('container-after-unlink');
    folders.add(dirname(path));
  }
  for (const folder of folders) {
    try {
      await syncFolder(fs, folder);
    } catch (error) {
      // Without its folder the file is gone as well.
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
  }
}
