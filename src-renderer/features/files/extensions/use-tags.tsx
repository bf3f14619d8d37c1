import { Tags } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { TagFilesDialog } from '../components/tag-files-dialog.tsx';
import { type FilesExtension, type FilesExtensionContext, keysOf } from '../extension.ts';

/** Changes the tags of a selection. */
export function useTags({ place }: FilesExtensionContext): FilesExtension {
  const [keys, setKeys] = useState<readonly string[]>();
  return {
    actions: [
      {
        id: 'tags',
        label: t('files.tags'),
        icon: Tags,
        group: 'organise',
        isOffered: (target) =>
          place.mayWrite && target.kind === 'items' && target.items.every(({ kind }) => kind === 'file'),
        run: (target) => setKeys(keysOf(target)),
      },
    ],
    element: <TagFilesDialog key="tags" bucket={place.bucket} keys={keys} onClose={() => setKeys(undefined)} />,
  };
}
