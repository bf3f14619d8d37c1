import { mkdirSync, statSync } from 'node:fs';
import { errnoOf } from './fs-durable.ts';

/** Creates a private folder, and what leads to it, where they do not exist. Throws Node's error. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** Does a folder stand at this path? A file there is no folder; any other error than absence is thrown. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}
