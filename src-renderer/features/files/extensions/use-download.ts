import { Download } from 'lucide-react';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { download } from '../api/download.ts';
import { type FilesExtension, type FilesExtensionContext, keysOf } from '../extension.ts';

/** Saves files one by one, as the browser does. */
export function useDownload({ place }: FilesExtensionContext): FilesExtension {
  return {
    actions: [
      {
        id: 'download',
        label: t('files.download'),
        icon: Download,
        group: 'get',
        isOffered: (target) => target.kind === 'items' && target.items.every(({ kind }) => kind === 'file'),
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
