/** What was dropped, taken while the event lasts; read later. */
export interface DroppedItem {
  /** Outlives the page, where the browser gives it (not on plain HTTP, and only some browsers). */
  readonly handle: Promise<FileSystemHandle | null> | undefined;
  readonly entry: FileSystemEntry | null;
  readonly file: File | null;
}

/** Typed here: TypeScript's library does not have it. */
interface ItemWithHandle {
  readonly getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

/** Call before the handler of the drop ends: after it the items are empty. */
export function takeDropped(data: DataTransfer): DroppedItem[] {
  return [...data.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({
      // A browser that has the method has it on every item.
      handle: (item as ItemWithHandle).getAsFileSystemHandle?.().catch(() => null),
      entry: item.webkitGetAsEntry(),
      file: item.getAsFile(),
    }));
}
