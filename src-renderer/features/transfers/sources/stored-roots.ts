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
  return { open: () => openBelow(root.handle, place.path), place };
}

async function openBelow(handle: FileSystemHandle, path: readonly string[]): Promise<File> {
  // The kinds of a handle are told by `kind` alone.
  if (handle.kind === 'file') return (handle as FileSystemFileHandle).getFile();
  let folder = handle as FileSystemDirectoryHandle;
  for (const name of path.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
  return (await folder.getFileHandle(path.at(-1) ?? '')).getFile();
}
