import type { DragEvent } from 'react';
import { postContentLink } from '../../../../src-server/contract/content.ts';
import { toast } from '../../../components/toast.tsx';
import { call } from '../../../lib/api.ts';
import { desktop } from '../../../lib/desktop.ts';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { download } from '../api/download.ts';
import type { ListRow } from '../rows/row-store.ts';

const KEY = 'data-drag-key';

/**
 * Makes the row of a file one that can be dragged out of the app's window. Nothing in a browser, whose pages cannot do that.
 * Rows of a search say of which bucket they are and stay where they are.
 */
export function dragOf(row: ListRow | undefined) {
  if (desktop === undefined || row?.kind !== 'file' || row.bucket !== undefined) return {};
  return { draggable: true, [KEY]: row.key };
}

/** For the element around the rows: the app copies a small file to this computer and goes on with the drag. */
export function useDragOut(bucket: string) {
  return {
    onDragStart: (event: DragEvent) => {
      if (desktop === undefined || !(event.target instanceof Element)) return;
      const key = event.target.closest(`[${KEY}]`)?.getAttribute(KEY);
      if (key == null) return;
      // The page's own drag would end in its own list, as an upload of what is there.
      event.preventDefault();
      void dragOut(bucket, key);
    },
  };
}

async function dragOut(bucket: string, key: string): Promise<void> {
  const fileName = key.slice(key.lastIndexOf('/') + 1);
  const save = { label: t('files.saveTo'), run: () => void download(bucket, key).catch(tell) };
  try {
    const { url } = await call(postContentLink, { params: { bucket }, body: { key, download: true } });
    const outcome = await desktop?.dragOut({ contentPath: url, fileName: fileName.slice(0, 255) });
    if (outcome === 'too-large') toast('note', t('files.dragTooLarge', { name: fileName }), save);
    if (outcome === 'gone') toast('error', t('files.dragGone', { name: fileName }));
  } catch (error) {
    tell(error);
  }
}

function tell(error: unknown): void {
  toast('error', errorText(error));
}
