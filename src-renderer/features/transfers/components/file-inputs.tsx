import { type RefObject, useRef } from 'react';
import type { Given } from '../sources/origins.ts';

interface Chooser {
  readonly elements: React.ReactNode;
  chooseFiles(): void;
  chooseFolder(): void;
}

/** The browser's dialogs for files and folders: those that give something lasting where it has them, else inputs. */
export function useChooser(onGiven: (given: Given) => void, purpose: 'upload' | 'again' = 'upload'): Chooser {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  // React knows no such property of an input.
  const asFolder = (element: HTMLInputElement | null) => {
    folder.current = element;
    if (element !== null) element.webkitdirectory = true;
  };
  const take = (input: HTMLInputElement) => {
    onGiven({ kind: 'chosen', files: [...(input.files ?? [])] });
    input.value = '';
  };
  const input = { type: 'file', multiple: true, hidden: true, tabIndex: -1 } as const;
  return {
    elements: (
      <>
        <input
          {...input}
          ref={files}
          {...{ [`data-${purpose}`]: 'files' }}
          onChange={(event) => take(event.currentTarget)}
        />
        <input
          {...input}
          ref={asFolder}
          {...{ [`data-${purpose}`]: 'folder' }}
          onChange={(event) => take(event.currentTarget)}
        />
      </>
    ),
    chooseFiles: () => void pick(pickers.showOpenFilePicker?.({ multiple: true }), files, onGiven),
    chooseFolder: () => void pick(pickers.showDirectoryPicker?.({ mode: 'read' }), folder, onGiven),
  };
}

/** TypeScript's library does not have them, plain HTTP and some browsers neither. */
interface Pickers {
  showOpenFilePicker?(options: { multiple: true }): Promise<FileSystemHandle[]>;
  showDirectoryPicker?(options: { mode: 'read' }): Promise<FileSystemHandle>;
}
const pickers = globalThis as Pickers;

async function pick(
  picking: Promise<FileSystemHandle[] | FileSystemHandle> | undefined,
  input: RefObject<HTMLInputElement | null>,
  onGiven: (given: Given) => void,
): Promise<void> {
  if (picking === undefined) {
    input.current?.click();
    return;
  }
  // A dialog that was closed rejects.
  const picked = await picking.catch(() => undefined);
  if (picked !== undefined) onGiven({ kind: 'picked', handles: Array.isArray(picked) ? picked : [picked] });
}
