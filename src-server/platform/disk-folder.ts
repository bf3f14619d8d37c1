import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf, syncFolder } from './fs-durable.ts';
import { nodeFileSystem } from './fs-port.ts';

/** What stands at a path that should be a disk's root. */
export type FolderFacts =
  | { readonly kind: 'absent' }
  | { readonly kind: 'other' }
  | { readonly kind: 'folder'; readonly device: number; readonly entries: readonly string[] };

/** Looks without touching. Rejects with the system's error where the path cannot be read. */
export async function inspectFolder(path: string): Promise<FolderFacts> {
  try {
    const facts = await stat(path);
    if (!facts.isDirectory()) return { kind: 'other' };
    return { kind: 'folder', device: facts.dev, entries: await readdir(path) };
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return { kind: 'absent' };
    throw error;
  }
}

/** The number of the device that a path's file stands on; undefined where there is none, or the disk does not answer. */
export async function deviceOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).dev;
  } catch {
    return undefined;
  }
}

/** The text of a small file, or undefined where there is none. Rejects with other errors. */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes those of the named folders below `parent` that do not exist; all are durable when this resolves. */
export async function ensureFolders(parent: string, names: readonly string[]): Promise<void> {
  const there = new Set(await readdir(parent));
  const wanted = names.filter((name) => !there.has(name));
  for (const name of wanted) await mkdir(join(parent, name), { mode: 0o700 });
  // Also when none was made: the process that made them may have died before its sync.
  await syncFolder(nodeFileSystem, parent);
}
