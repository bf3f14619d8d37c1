import { t } from '../../../lib/i18n.ts';
import { FileFacts } from '../components/file-facts.tsx';
import type { FilesExtension, FilesExtensionContext } from '../extension.ts';

/** The first tab of the details: what a file is. */
export function useInfo({ place }: FilesExtensionContext): FilesExtension {
  return {
    tabs: [
      {
        id: 'info',
        label: t('files.info'),
        isOffered: ({ kind }) => kind === 'file',
        render: (entry) => entry.kind === 'file' && <FileFacts bucket={place.bucket} entry={entry} />,
      },
    ],
  };
}
