import type { Source, SourcePlace } from '../engine/transfer.ts';
import type { StoredRoot } from '../ledger/browser-ledger.ts';

/** TypeScript's library has no permissions of handles; a browser that gives handles has them. */
interface WithPermission {
  queryPermission?(wanted: { mode: 'read' }): Promise<PermissionState>;
  requestPermission?(wanted: { mode: 'read' }): Promise<PermissionState>;
}

const READ = { mode: 'read' } as const;

/** May the page read below this root just now, without asking anybody? */
export async function isReadable({ handle }: StoredRoot): Promise<boolean> {
  const state = await (handle as WithPermission).queryPermission?.(READ).catch(() => 'denied' as const);
  return state === undefined || state === 'granted';
}

/** Has the browser ask the person; call in answer to a click. */
export async function askToRead({ handle }: StoredRoot): Promise<boolean> {
  const state = await (handle as WithPermission).requestPermission?.(READ).catch(() => 'denied' as const);
  return state === undefined || state === 'granted';
}

/** The file at a place below a root, found anew every time. */
export function sourceBelow(root: StoredRoot, place: SourcePlace): Source {
  return { open: () => openBelow(root, place.path), place };
}

async function openBelow(root: StoredRoot, path: readonly string[]): Promise<File> {
  const { handle } = root;
  // The kinds of a handle are told by `kind` alone.
  if (handle.kind === 'file') return (handle as FileSystemFileHandle).getFile();
  const folder = await folderBelow(root, handle as FileSystemDirectoryHandle, path.slice(0, -1));
  return (await folder.getFileHandle(path.at(-1) ?? '')).getFile();
}

/** Folders that were found, so that the next of their thousand files need not look for them. */
const found = new WeakMap<StoredRoot, Map<string, Promise<FileSystemDirectoryHandle>>>();

function folderBelow(
  root: StoredRoot,
  top: FileSystemDirectoryHandle,
  path: readonly string[],
): Promise<FileSystemDirectoryHandle> {
  const name = path.at(-1);
  if (name === undefined) return Promise.resolve(top);
  const known = found.get(root) ?? new Map<string, Promise<FileSystemDirectoryHandle>>();
  found.set(root, known);
  const id = path.join('/');
  const folder = known.get(id) ?? folderBelow(root, top, path.slice(0, -1)).then((up) => up.getDirectoryHandle(name));
  known.set(id, folder);
  // A folder that was not there may be there at the next try.
  folder.catch(() => known.delete(id));
  return folder;
}
