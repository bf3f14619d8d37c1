import { topOf } from '../finder.ts';
import type { StoredRoot } from '../ledger/browser-ledger.ts';
import type { DroppedItem } from './dropped-items.ts';

/** What was given to be uploaded. */
export type Given =
  | { readonly kind: 'dropped'; readonly items: readonly DroppedItem[] }
  | { readonly kind: 'chosen'; readonly files: readonly File[] }
  | { readonly kind: 'picked'; readonly handles: readonly FileSystemHandle[] };

/** Where files are found: below a handle, which outlives the page, or below something that does not. */
export type Origin =
  | { readonly kind: 'handle'; readonly root: StoredRoot }
  | { readonly kind: 'entry'; readonly entry: FileSystemEntry }
  | { readonly kind: 'files'; readonly files: readonly File[] };

/** Resolves as soon as it is known where the files of something given are; none is looked for yet. */
export async function originsOf(given: Given, newId: () => string): Promise<Origin[]> {
  const below = (handle: FileSystemHandle): Origin => ({ kind: 'handle', root: { id: newId(), handle } });
  switch (given.kind) {
    case 'picked':
      return given.handles.map(below);
    case 'chosen':
      return [{ kind: 'files', files: given.files }];
    case 'dropped': {
      const handles = await Promise.all(given.items.map(({ handle }) => handle ?? null));
      return given.items.flatMap(({ entry, file }, index): Origin[] => {
        const handle = handles[index] ?? null;
        if (handle !== null) return [below(handle)];
        if (entry !== null) return [{ kind: 'entry', entry }];
        return file === null ? [] : [{ kind: 'files', files: [file] }];
      });
    }
  }
}

/** Names of the files and folders that were given, each once. */
export function namesOf(origins: readonly Origin[]): string[] {
  return [...new Set(origins.flatMap(namesIn))];
}

function namesIn(origin: Origin): string[] {
  switch (origin.kind) {
    case 'handle':
      return [origin.root.handle.name];
    case 'entry':
      return [origin.entry.name];
    case 'files':
      return origin.files.map((file) => topOf(file.webkitRelativePath || file.name));
  }
}
