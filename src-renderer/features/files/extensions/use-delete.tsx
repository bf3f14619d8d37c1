import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { DeleteFilesDialog } from '../components/delete-files-dialog.tsx';
import { type FilesExtension, type FilesExtensionContext, keysOf } from '../extension.ts';

/** Deletes files by key, after saying what survives. */
export function useDelete({ place, changed }: FilesExtensionContext): FilesExtension {
  const [keys, setKeys] = useState<readonly string[]>([]);
  const [isOpen, setOpen] = useState(false);
  return {
    actions: [
      {
        id: 'delete',
        label: t('files.delete'),
        icon: Trash2,
        shortcut: 'Delete',
        group: 'danger',
        isOffered: (target) =>
          place.mayWrite && target.kind === 'items' && target.items.every(({ kind }) => kind === 'file'),
        run: (target) => {
          setKeys(keysOf(target));
          setOpen(true);
        },
      },
    ],
    element: (
      <DeleteFilesDialog
        bucket={place.bucket}
        keys={keys}
        keepsVersions={place.versioning === 'enabled'}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onDeleted={changed}
      />
    ),
  };
}
