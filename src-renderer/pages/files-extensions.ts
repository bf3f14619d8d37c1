import { type FilesExtensionContext, type FilesExtensions, mergeExtensions } from '../features/files/extension.ts';
import { useDownload } from '../features/files/extensions/use-download.ts';
import { useInfo } from '../features/files/extensions/use-info.tsx';
import { useTags } from '../features/files/extensions/use-tags.tsx';
import { useVersions } from '../features/files/extensions/use-versions.tsx';
import { useBinLink } from '../features/operations/use-bin-link.tsx';
import { useFileOperations } from '../features/operations/use-file-operations.tsx';
import { usePast } from '../features/past/use-past.tsx';
import { usePreview } from '../features/preview/use-preview.tsx';
import { useShareFiles } from '../features/shares/extensions/use-share-files.tsx';
import { useZip } from '../features/zip/use-zip.ts';

/** What the file browser is made of: each part is a hook that adds its actions, tabs, buttons and dialogs. */
export function useFilesExtensions(context: FilesExtensionContext): FilesExtensions {
  const shares = useShareFiles(context);
  return mergeExtensions([
    useInfo(context),
    useDownload(context),
    useZip(context),
    usePreview(context, shares.actions),
    shares,
    usePast(context),
    useBinLink(context),
    useFileOperations(context),
    useTags(context),
    useVersions(context),
  ]);
}
