import { FileArchive } from 'lucide-react';
import { toast } from '../../components/toast.tsx';
import { errorText } from '../../lib/error-text.ts';
import { t } from '../../lib/i18n.ts';
import type { FilesExtension, FilesExtensionContext, FilesPlace, FilesTarget } from '../files/extension.ts';
import { downloadZip, type ZipChoice } from './api/download-zip.ts';

/** Saves folders, and several files at once, as one archive. */
export function useZip({ place }: FilesExtensionContext): FilesExtension {
  return {
    actions: [
      {
        id: 'zip',
        label: t('zip.download'),
        icon: FileArchive,
        group: 'get',
        isOffered: (target) =>
          target.kind === 'everything' || target.items.length > 1 || target.items.some(({ kind }) => kind === 'folder'),
        run: (target) => void save(place, target),
      },
    ],
  };
}

/** A large folder is read through before its first byte: a person who waits longer than this is told so. */
const QUIET_MS = 1000;

async function save({ bucket, prefix }: FilesPlace, target: FilesTarget): Promise<void> {
  const waiting = setTimeout(() => toast('note', t('zip.preparing')), QUIET_MS);
  try {
    const renamed = await downloadZip(bucket, choiceOf(prefix, target));
    if (renamed > 0) toast('note', t('zip.renamed', { count: renamed }));
  } catch (error) {
    toast('error', errorText(error));
  } finally {
    clearTimeout(waiting);
  }
}

function choiceOf(base: string, target: FilesTarget): ZipChoice {
  if (target.kind === 'everything') return { base, keys: [], prefixes: [target.prefix] };
  return {
    base,
    keys: target.items.flatMap((item) => (item.kind === 'file' ? [item.key] : [])),
    prefixes: target.items.flatMap((item) => (item.kind === 'folder' ? [item.prefix] : [])),
  };
}
