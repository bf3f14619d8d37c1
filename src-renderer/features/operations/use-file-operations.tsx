import { Copy, FolderInput, FolderPlus, PenLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FolderEntry } from '../../../src-server/contract/objects.ts';
import { Button } from '../../components/button.tsx';
import { toast } from '../../components/toast.tsx';
import { WideText } from '../../components/wide-text.tsx';
import { errorText } from '../../lib/error-text.ts';
import { t } from '../../lib/i18n.ts';
import type { FilesAction, FilesExtension, FilesExtensionContext, FilesTarget } from '../files/extension.ts';
import { useCreateFolder } from './api/operations-api.ts';
import { NameDialog } from './components/name-dialog.tsx';
import { TargetDialog } from './components/target-dialog.tsx';
import { countOf, deletionOf, ownNameOf, renamingOf, transferOf } from './orders.ts';
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
    runOperation(deletionOf(place, target)).then(changed, (failure: unknown) => toast('error', errorText(failure)));
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
              async () => void (await runOperation(transferOf(place, asked.kind, asked.target, folder, conflict))),
            );
          }}
        />
        <NameDialog
          {...common}
          title={t('operations.rename')}
          action={t('operations.rename')}
          name={asked?.kind === 'rename' ? ownNameOf(asked.entry) : ''}
          isOpen={asked?.kind === 'rename'}
          onName={(name) => {
            if (asked?.kind === 'rename')
              void attempt(async () => void (await runOperation(renamingOf(place, asked.entry, name))));
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
      <FolderPlus size={16} aria-hidden="true" /> <WideText>{t('operations.newFolder')}</WideText>
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
