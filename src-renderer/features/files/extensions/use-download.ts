import { Download } from 'lucide-react';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { download } from '../api/download.ts';
import { type FilesExtension, type FilesExtensionContext, keysOf } from '../extension.ts';

/** Saves a file. Several are saved as one archive (`features/zip`). */
export function useDownload({ place }: FilesExtensionContext): FilesExtension {
  return {
    actions: [
      {
        id: 'download',
        label: t('files.download'),
        icon: Download,
        group: 'get',
        isOffered: (target) => target.kind === 'items' && target.items.length === 1 && target.items[0]?.kind === 'file',
        run: (target) => void save(place.bucket, keysOf(target)),
      },
    ],
  };
}

async function save(bucket: string, keys: readonly string[]): Promise<void> {
  try {
    for (const key of keys) await download(bucket, key);
  } catch (error) {
    toast('error', errorText(error));
  }
}
