import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FolderEntry } from '../../../src-server/contract/objects.ts';

/** The folder that is open, and what this user may do there. */
export interface FilesPlace {
  readonly bucket: string;
  /** `''` or whole, ending with `/`. */
  readonly prefix: string;
  readonly mayWrite: boolean;
  readonly versioning: 'off' | 'enabled' | 'suspended';
}

/** What an action is about: rows, or everything under a prefix, whatever number that is. */
export type FilesTarget =
  | { readonly kind: 'items'; readonly items: readonly FolderEntry[] }
  | { readonly kind: 'everything'; readonly prefix: string; readonly count: number };

/** Something that can be done with files: offered in the menu of a row, in the bar of a selection, and by its key. */
export interface FilesAction {
  readonly id: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** As `KeyboardEvent.key` has it, `mod+` for Ctrl or Command: `Delete`, `F2`, `s`, `mod+c`. */
  readonly shortcut?: string;
  /** Is there for keys whose newest version is a delete marker; the others never see one. */
  readonly takesDeleted?: true;
  /** Actions of a group stand together, in this order. */
  readonly group: 'open' | 'get' | 'share' | 'organise' | 'danger';
  isOffered(target: FilesTarget): boolean;
  run(target: FilesTarget): void;
}

/** A tab of the details panel. */
export interface DetailsTab {
  readonly id: string;
  readonly label: string;
  isOffered(entry: FolderEntry): boolean;
  render(entry: FolderEntry): ReactNode;
}

/** Rows beside the one that is looked at, in the order of the list. */
export interface PreviewNeighbours {
  /** Moves the list's active row and answers it; undefined at the end of the list. */
  step(by: 1 | -1): Promise<FolderEntry | undefined>;
}

/** What a part of the app adds to the file browser; `pages/files-extensions.ts` calls the hooks that make them. */
export interface FilesExtension {
  readonly actions?: readonly FilesAction[];
  readonly tabs?: readonly DetailsTab[];
  /** Buttons beside the title. */
  readonly toolbar?: ReactNode;
  /** Space on a file, and Enter or a press on its name. The first extension that has it gets it. */
  openPreview?(entry: FolderEntry, neighbours: PreviewNeighbours): void;
  /** In place of the icon of a file, in a row or as large as a tile; undefined for the icon. */
  thumbnail?(entry: FolderEntry, look: 'row' | 'tile'): ReactNode;
  /** Dialogs and overlays that the actions open. */
  readonly element?: ReactNode;
}

export interface FilesExtensionContext {
  readonly place: FilesPlace;
  /** Call after something was changed: the list and what hangs on it are read anew, the selection is dropped. */
  changed(): void;
  /** Opens the details of a row beside the list. */
  showDetails(entry: FolderEntry): void;
}

const GROUPS = ['open', 'get', 'share', 'organise', 'danger'] as const;

/** One extension that has everything of the given ones. */
export function mergeExtensions(extensions: readonly FilesExtension[]) {
  const actions = extensions.flatMap((one) => one.actions ?? []).map(withoutDeleted);
  return {
    actions: actions.toSorted((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group)),
    tabs: extensions.flatMap((one) => one.tabs ?? []),
    toolbar: extensions.map((one) => one.toolbar),
    elements: extensions.map((one) => one.element),
    openPreview: extensions.find((one) => one.openPreview !== undefined)?.openPreview,
    thumbnail: extensions.find((one) => one.thumbnail !== undefined)?.thumbnail,
  };
}
export type FilesExtensions = ReturnType<typeof mergeExtensions>;

function withoutDeleted(action: FilesAction): FilesAction {
  if (action.takesDeleted === true) return action;
  const hasDeleted = (target: FilesTarget) => target.kind === 'items' && target.items.some(isDeleted);
  return { ...action, isOffered: (target) => !hasDeleted(target) && action.isOffered(target) };
}

function isDeleted({ kind }: FolderEntry): boolean {
  return kind === 'deleted';
}

/** The keys of the files among the items. */
export function keysOf(target: FilesTarget): string[] {
  return target.kind === 'items' ? target.items.flatMap((item) => (item.kind === 'file' ? [item.key] : [])) : [];
}
