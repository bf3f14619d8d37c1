import { Copy, FolderInput, FolderPlus, PenLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FolderEntry } from '../../../src-server/contract/objects.ts';
import { Button } from '../../components/button.tsx';
import { toast } from '../../components/toast.tsx';
import { errorText } from '../../lib/error-text.ts';
import { t } from '../../lib/i18n.ts';
import type {
  FilesAction,
  FilesExtension,
  FilesExtensionContext,
  FilesPlace,
  FilesTarget,
} from '../files/extension.ts';
import { type OperationOrder, useCreateFolder } from './api/operations-api.ts';
import type { PickedFolder } from './components/folder-picker.tsx';
import { NameDialog } from './components/name-dialog.tsx';
import { type Conflict, TargetDialog } from './components/target-dialog.tsx';
import { runOperation } from './run-operation.ts';

/** What is asked before something is done. */
type Asked =
  | { readonly kind: 'copy' | 'move'; readonly target: FilesTarget }
  | { readonly kind: 'rename'; readonly entry: FolderEntry }
  | { readonly kind: 'folder' };

/** Rename, move, copy and delete in the file browser, each with an undo; and new folders. */
export function useFileOperations({ place, changed }: FilesExtensionContext): FilesExtension {
  const [asked, setAsked] = useState<Asked>();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const createFolder = useCreateFolder(place.bucket);
  const ask = (next: Asked | undefined) => {
    setError(undefined);
    setAsked(next);
  };
  const attempt = async (work: () => Promise<void>) => {
    setPending(true);
    setError(undefined);
    try {
      await work();
      setAsked(undefined);
      changed();
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  const remove = (target: FilesTarget) => {
    runOperation(deletion(place, target)).then(changed, (failure: unknown) => toast('error', errorText(failure)));
  };
  const common = { isPending, error, onClose: () => ask(undefined) };
  return {
    actions: place.mayWrite ? actionsFor(ask, remove) : [],
    toolbar: place.mayWrite && <NewFolderButton key="new-folder" onPress={() => ask({ kind: 'folder' })} />,
    element: (
      <div key="operations" className="contents">
        <TargetDialog
          {...common}
          kind={asked?.kind === 'copy' ? 'copy' : 'move'}
          count={asked !== undefined && 'target' in asked ? countOf(asked.target) : 0}
          start={place}
          isOpen={asked?.kind === 'copy' || asked?.kind === 'move'}
          onChoose={(folder, conflict) => {
            if (asked === undefined || !('target' in asked)) return;
            void attempt(
              async () => void (await runOperation(transfer(place, asked.kind, asked.target, folder, conflict))),
            );
          }}
        />
        <NameDialog
          {...common}
          title={t('operations.rename')}
          action={t('operations.rename')}
          name={asked?.kind === 'rename' ? nameWithin(place, asked.entry) : ''}
          isOpen={asked?.kind === 'rename'}
          onName={(name) => {
            if (asked?.kind === 'rename') void attempt(() => rename(place, asked.entry, name));
          }}
        />
        <NameDialog
          {...common}
          title={t('operations.newFolder')}
          action={t('operations.createFolder')}
          name=""
          isOpen={asked?.kind === 'folder'}
          onName={(name) => void attempt(() => createFolder.mutateAsync(`${place.prefix}${name}/`))}
        />
      </div>
    ),
  };
}

function NewFolderButton({ onPress }: { readonly onPress: () => void }) {
  return (
    <Button onPress={onPress}>
      <FolderPlus size={16} aria-hidden="true" /> {t('operations.newFolder')}
    </Button>
  );
}

function actionsFor(ask: (next: Asked) => void, remove: (target: FilesTarget) => void): FilesAction[] {
  return [
    {
      id: 'rename',
      label: t('operations.rename'),
      icon: PenLine,
      shortcut: 'F2',
      group: 'organise',
      isOffered: (target) => target.kind === 'items' && target.items.length === 1,
      run: (target) => {
        const entry = target.kind === 'items' ? target.items[0] : undefined;
        if (entry !== undefined) ask({ kind: 'rename', entry });
      },
    },
    {
      id: 'move',
      label: t('operations.move'),
      icon: FolderInput,
      group: 'organise',
      isOffered: () => true,
      run: (target) => ask({ kind: 'move', target }),
    },
    {
      id: 'copy',
      label: t('operations.copy'),
      icon: Copy,
      group: 'organise',
      isOffered: () => true,
      run: (target) => ask({ kind: 'copy', target }),
    },
    {
      id: 'delete',
      label: t('files.delete'),
      icon: Trash2,
      shortcut: 'Delete',
      group: 'danger',
      isOffered: () => true,
      run: remove,
    },
  ];
}

function countOf(target: FilesTarget): number {
  return target.kind === 'items' ? target.items.length : target.count;
}

function pathsOf(target: FilesTarget): { kind: 'file' | 'folder'; from: string }[] {
  if (target.kind === 'everything') return [{ kind: 'folder', from: target.prefix }];
  return target.items.map((entry) =>
    entry.kind === 'folder' ? { kind: 'folder', from: entry.prefix } : { kind: 'file', from: entry.key },
  );
}

function nameWithin({ prefix }: FilesPlace, entry: FolderEntry): string {
  return entry.kind === 'folder' ? entry.prefix.slice(prefix.length, -1) : entry.key.slice(prefix.length);
}

function deletion({ bucket }: FilesPlace, target: FilesTarget): OperationOrder {
  return { kind: 'delete', bucket, items: pathsOf(target) };
}

/** Each thing keeps its name; where everything in a folder is meant, what is in it goes into the target. */
function transfer(
  { bucket, prefix }: FilesPlace,
  kind: 'copy' | 'move',
  target: FilesTarget,
  folder: PickedFolder,
  conflict: Conflict,
): OperationOrder {
  const items = pathsOf(target).map((item) => ({ ...item, to: folder.prefix + item.from.slice(prefix.length) }));
  return { kind, bucket, items, conflict, targetBucket: folder.bucket ?? bucket };
}

async function rename(place: FilesPlace, entry: FolderEntry, name: string): Promise<void> {
  const [item] = pathsOf({ kind: 'items', items: [entry] });
  if (item === undefined) return;
  const to = `${place.prefix}${name}${entry.kind === 'folder' ? '/' : ''}`;
  await runOperation({ kind: 'rename', bucket: place.bucket, item: { ...item, to }, conflict: 'fail' });
}
