import { lazy, Suspense, useState } from 'react';
import type { FilesAction, FilesExtension, FilesExtensionContext, PreviewNeighbours } from '../files/extension.ts';
import type { FileEntry } from './api/content.ts';
import { Thumbnail } from './components/thumbnail.tsx';
import { mayHaveThumbnail } from './kind.ts';

const PreviewDialog = lazy(async () => ({ default: (await import('./components/preview-dialog.tsx')).PreviewDialog }));

/** Shows a file over the list, and with the arrow keys the ones beside it; of the actions, what is done with one file. */
export function usePreview({ place }: FilesExtensionContext, actions: readonly FilesAction[] = []): FilesExtension {
  const [shown, setShown] = useState<{ readonly entry: FileEntry; readonly neighbours: PreviewNeighbours }>();
  const step = async (by: 1 | -1): Promise<boolean> => {
    if (shown === undefined) return false;
    const entry = await shown.neighbours.step(by);
    if (entry?.kind !== 'file') return false;
    setShown({ ...shown, entry });
    return true;
  };
  return {
    openPreview: (entry, neighbours) => {
      if (entry.kind === 'file') setShown({ entry, neighbours });
    },
    thumbnail: (entry, look) =>
      entry.kind === 'file' && mayHaveThumbnail(entry.key) ? (
        <Thumbnail key={`${entry.key}\n${entry.etag}`} file={{ bucket: place.bucket, entry }} look={look} />
      ) : undefined,
    element: shown !== undefined && (
      <Suspense key="preview">
        <PreviewDialog
          file={{ bucket: place.bucket, entry: shown.entry }}
          onStep={step}
          actions={actions.filter(({ isOffered }) => isOffered({ kind: 'items', items: [shown.entry] }))}
          onAction={(action) => {
            setShown(undefined);
            action.run({ kind: 'items', items: [shown.entry] });
          }}
          onClose={() => setShown(undefined)}
        />
      </Suspense>
    ),
  };
}
