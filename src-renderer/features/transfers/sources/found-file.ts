import type { NewTransfer, Source, SourcePlace } from '../engine/transfer.ts';

/** A file that was dropped or chosen. */
export interface FoundFile {
  /** Relative to where it was dropped, `/` between folders; an empty folder ends with one. */
  readonly path: string;
  readonly file: File;
  readonly place: SourcePlace | undefined;
  /** Looks the file up anew, where that is possible. */
  readonly again: (() => Promise<File>) | undefined;
  /** Its name was found, its content cannot be had. */
  readonly isUnreadable?: boolean;
}

const FOLDER_TYPE = 'application/x-directory';

export function newTransfer(found: FoundFile, to: { bucket: string; prefix: string; drop: string }): NewTransfer {
  const { path, file } = found;
  const isFolder = path.endsWith('/');
  return {
    drop: to.drop,
    bucket: to.bucket,
    key: to.prefix + path,
    path,
    sizeBytes: file.size,
    modifiedAtMs: isFolder ? 0 : file.lastModified,
    contentType: isFolder ? FOLDER_TYPE : file.type,
    source: sourceOf(found),
    ...(found.isUnreadable === true ? { error: { code: 'FileUnreadable', message: '' } } : {}),
  };
}

export function sourceOf({ file, place, again }: FoundFile): Source {
  return { open: (isFresh) => (isFresh && again !== undefined ? again() : Promise.resolve(file)), place };
}

/** An empty folder: a key that ends with `/` and has no bytes. */
export function emptyFolder(path: string): FoundFile {
  return { path, file: new File([], '', { lastModified: 0 }), place: undefined, again: undefined };
}

/** What cannot be read is listed, not left out in silence. */
export function unreadable(path: string): FoundFile {
  return { ...fileFound(path, new File([], '')), isUnreadable: true };
}

export function fileFound(path: string, file: File): FoundFile {
  return { path, file, place: undefined, again: undefined };
}
