import type { StoredRoot } from '../ledger/browser-ledger.ts';
import { emptyFolder, type FoundFile, fileFound, unreadable } from './found-file.ts';
import type { Origin } from './origins.ts';

/** Files are handed on in so many, so that the first are sent while the last are still looked for. */
const CHUNK = 400;
/** Files whose size and time are asked for at once. */
const AT_ONCE = 32;

type Found = AsyncGenerator<readonly FoundFile[]>;

/** Every file below what was given, empty folders too, in chunks. What cannot be read says so. */
export async function* walkOrigins(origins: readonly Origin[]): Found {
  for (const origin of origins) {
    switch (origin.kind) {
      case 'handle':
        yield* walkHandle(origin.root);
        break;
      case 'entry':
        yield* inChunks(filesOfEntry(origin.entry));
        break;
      case 'files':
        yield* walkChosen(origin.files);
        break;
    }
  }
}

async function* walkHandle({ id, handle }: StoredRoot): Found {
  if (isFileHandle(handle)) {
    const found = await openHandle(handle, handle.name, { rootId: id, path: [] });
    yield [found];
  } else if (isFolderHandle(handle)) yield* inChunks(filesOfFolder(handle, handle.name, id, []));
}

/** Files of an input; `webkitRelativePath` where a folder was chosen. */
async function* walkChosen(files: readonly File[]): Found {
  for (let start = 0; start < files.length; start += CHUNK) {
    yield files.slice(start, start + CHUNK).map((file) => fileFound(file.webkitRelativePath || file.name, file));
    await breathe();
  }
}

type Opening = () => Promise<FoundFile>;

async function* inChunks(opening: AsyncGenerator<Opening>): Found {
  let chunk: FoundFile[] = [];
  let batch: Opening[] = [];
  const open = async () => {
    const opened = await Promise.all(batch.map((one) => one()));
    batch = [];
    chunk.push(...opened);
  };
  // The first files go on at once.
  let target = AT_ONCE;
  for await (const one of opening) {
    batch.push(one);
    if (batch.length >= AT_ONCE) await open();
    if (chunk.length < target) continue;
    yield chunk;
    chunk = [];
    target = CHUNK;
    await breathe();
  }
  await open();
  if (chunk.length > 0) yield chunk;
}

async function* filesOfFolder(
  folder: FileSystemDirectoryHandle,
  folderPath: string,
  rootId: string,
  below: readonly string[],
): AsyncGenerator<Opening> {
  let isEmpty = true;
  try {
    for await (const handle of folder.values()) {
      isEmpty = false;
      const path = `${folderPath}/${handle.name}`;
      const place = { rootId, path: [...below, handle.name] };
      if (isFileHandle(handle)) yield () => openHandle(handle, path, place);
      else if (isFolderHandle(handle)) yield* filesOfFolder(handle, path, rootId, place.path);
    }
  } catch {
    yield () => Promise.resolve(unreadable(`${folderPath}/`));
    return;
  }
  if (isEmpty) yield () => Promise.resolve(emptyFolder(`${folderPath}/`));
}

async function openHandle(handle: FileSystemFileHandle, path: string, place: FoundFile['place']): Promise<FoundFile> {
  try {
    return { path, file: await handle.getFile(), place, again: () => handle.getFile() };
  } catch {
    return unreadable(path);
  }
}

async function* filesOfEntry(entry: FileSystemEntry): AsyncGenerator<Opening> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFileEntry(entry)) {
    const again = () => new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    yield () =>
      again().then(
        (file) => ({ path, file, place: undefined, again }),
        () => unreadable(path),
      );
    return;
  }
  if (!isFolderEntry(entry)) return;
  const reader = entry.createReader();
  let isEmpty = true;
  // A reader answers at most 100 entries a call, and none when it is through.
  const next = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  for (;;) {
    const some = await next().catch(() => undefined);
    if (some === undefined) {
      yield () => Promise.resolve(unreadable(`${path}/`));
      return;
    }
    if (some.length === 0) break;
    isEmpty = false;
    for (const one of some) yield* filesOfEntry(one);
  }
  if (isEmpty) yield () => Promise.resolve(emptyFolder(`${path}/`));
}

/** Lets the page paint and answer the pointer. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function isFileHandle(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}

function isFolderHandle(handle: FileSystemHandle): handle is FileSystemDirectoryHandle {
  return handle.kind === 'directory';
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
