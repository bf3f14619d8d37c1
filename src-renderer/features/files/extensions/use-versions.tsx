import { RotateCcw } from 'lucide-react';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { useRestore } from '../api/use-details.ts';
import { VersionsList } from '../components/versions-list.tsx';
import type { FilesExtension, FilesExtensionContext } from '../extension.ts';
import { outcomeText } from '../outcome-text.ts';

/** Older versions of a file, and deleted files brought back, where the bucket keeps versions. */
export function useVersions({ place, changed }: FilesExtensionContext): FilesExtension {
  const restore = useRestore(place.bucket);
  const bringBack = (keys: readonly string[]) =>
    restore.mutate(
      keys.map((key) => ({ key })),
      {
        onSuccess: (outcome) => {
          if (outcome.changed > 0) toast('note', t('files.restored', { count: outcome.changed }));
          if (outcome.failed.length > 0) toast('error', outcomeText(outcome));
          changed();
        },
        onError: (error) => toast('error', errorText(error)),
      },
    );
  return {
    actions: [
      {
        id: 'undelete',
        label: t('files.undelete'),
        icon: RotateCcw,
        group: 'organise',
        takesDeleted: true,
        isOffered: (target) =>
          place.mayWrite && target.kind === 'items' && target.items.every(({ kind }) => kind === 'deleted'),
        run: (target) => {
          if (target.kind === 'everything') return;
          bringBack(target.items.flatMap((item) => (item.kind === 'deleted' ? [item.key] : [])));
        },
      },
    ],
    tabs: [
      {
        id: 'versions',
        label: t('files.versions'),
        isOffered: ({ kind }) => kind !== 'folder' && place.versioning !== 'off',
        render: (entry) =>
          entry.kind !== 'folder' && <VersionsList key={entry.key} place={place} objectKey={entry.key} />,
      },
    ],
  };
}
