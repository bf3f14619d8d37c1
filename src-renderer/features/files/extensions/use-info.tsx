import { Info } from 'lucide-react';
import { Facts } from '../../../components/facts.tsx';
import { t } from '../../../lib/i18n.ts';
import { FileFacts, FolderFacts, KeyFacts } from '../components/file-facts.tsx';
import type { FilesExtension, FilesExtensionContext } from '../extension.ts';

/** The first tab of the details: what a file or folder is. */
export function useInfo({ place, showDetails }: FilesExtensionContext): FilesExtension {
  return {
    actions: [
      {
        id: 'details',
        label: t('files.details'),
        icon: Info,
        shortcut: 'i',
        group: 'open',
        takesDeleted: true,
        isOffered: (target) => target.kind === 'items' && target.items.length === 1,
        run: (target) => {
          const [entry] = target.kind === 'items' ? target.items : [];
          if (entry !== undefined) showDetails(entry);
        },
      },
    ],
    tabs: [
      {
        id: 'info',
        label: t('files.info'),
        isOffered: () => true,
        render: (entry) => {
          switch (entry.kind) {
            case 'file':
              return <FileFacts key={entry.key} place={place} entry={entry} />;
            case 'folder':
              return <FolderFacts key={entry.prefix} bucket={place.bucket} prefix={entry.prefix} />;
            case 'deleted':
              return (
                <Facts>
                  <KeyFacts bucket={place.bucket} name={entry.key} />
                </Facts>
              );
          }
        },
      },
    ],
  };
}
