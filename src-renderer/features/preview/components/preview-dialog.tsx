import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { postContentLink } from '../../../../src-server/contract/content.ts';
import { Button } from '../../../components/button.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { toast } from '../../../components/toast.tsx';
import { call } from '../../../lib/api.ts';
import { errorText } from '../../../lib/error-text.ts';
import { formatMoment } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { saveFrom } from '../../../lib/save-from.ts';
import type { FilesAction } from '../../files/extension.ts';
import { actionOfKey } from '../../files/keys.ts';
import type { PreviewedFile } from '../api/content.ts';
import { PreviewBody } from './preview-body.tsx';

interface PreviewDialogProps {
  readonly file: PreviewedFile;
  /** False where there is no further file. */
  readonly onStep: (by: 1 | -1) => Promise<boolean>;
  /** What can be done with this file, each of which closes the preview; nothing with an older version. */
  readonly actions?: readonly FilesAction[];
  readonly onAction?: (action: FilesAction) => void;
  readonly onClose: () => void;
  /** What left and right go through: the files of a list, or from the newest on the versions of one file. */
  readonly through?: 'files' | 'versions';
}

const STEP_TEXTS = {
  files: {
    previous: () => t('preview.previous'),
    next: () => t('preview.next'),
    first: () => t('preview.first'),
    last: () => t('preview.last'),
  },
  versions: {
    previous: () => t('preview.newer'),
    next: () => t('preview.older'),
    first: () => t('preview.newest'),
    last: () => t('preview.oldest'),
  },
} as const;

/** A file over the whole window. Left and right go through the list, Space and Escape close. */
export function PreviewDialog(props: PreviewDialogProps) {
  const { file, onStep, actions = [], onAction, onClose, through = 'files' } = props;
  const { entry, versionId } = file;
  const texts = STEP_TEXTS[through];
  const language = useLanguage();
  const name = entry.key.split('/').findLast((part) => part !== '') ?? entry.key;
  const step = (by: 1 | -1) =>
    void onStep(by).then(
      (moved) => moved || toast('note', by === 1 ? texts.last() : texts.first()),
      (error: unknown) => toast('error', errorText(error)),
    );
  usePreviewKeys(step, onClose, (press) => {
    const action = actionOfKey(press, actions, { kind: 'items', items: [entry] });
    if (action !== undefined) onAction?.(action);
    return action !== undefined;
  });
  return (
    <ModalOverlay isOpen onOpenChange={(open) => open || onClose()} className="fixed inset-0 z-30 bg-surface">
      <Modal className="opens h-full">
        <Dialog className="flex h-full flex-col outline-none">
          <header className="flex shrink-0 items-center gap-1 border-line border-b px-3 py-1.5 sm:px-5">
            <div className="mr-auto min-w-0">
              <Heading slot="title" className="truncate font-semibold text-body" title={entry.key}>
                {name}
              </Heading>
              <p className="truncate text-caption text-muted">
                <Bytes bytes={entry.sizeBytes} /> ·{' '}
                {versionId === undefined ? (
                  <Moment atMs={entry.modifiedAtMs} />
                ) : (
                  t('preview.versionOf', { when: formatMoment(entry.modifiedAtMs, language) })
                )}
              </p>
            </div>
            <Button look="quiet" square aria-label={texts.previous()} onPress={() => step(-1)}>
              <ChevronLeft size={18} aria-hidden="true" />
            </Button>
            <Button look="quiet" square aria-label={texts.next()} onPress={() => step(1)}>
              <ChevronRight size={18} aria-hidden="true" />
            </Button>
            {actions.map((action) => (
              <Button key={action.id} look="quiet" square aria-label={action.label} onPress={() => onAction?.(action)}>
                <action.icon size={18} aria-hidden="true" />
              </Button>
            ))}
            <Button look="quiet" square aria-label={t('preview.download')} onPress={() => void save(file)}>
              <Download size={18} aria-hidden="true" />
            </Button>
            <Button look="quiet" square aria-label={t('common.close')} onPress={onClose}>
              <X size={18} aria-hidden="true" />
            </Button>
          </header>
          {/* Another file is another preview: nothing of the one before stays, neither zoom nor error. */}
          <div key={`${entry.key}\n${entry.etag}\n${versionId}`} className="flex min-h-0 flex-1 flex-col bg-sunken">
            <PreviewBody file={file} name={name} onDownload={() => void save(file)} />
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Keys that a player, a button or an open part of a tree has its own use for stay with it. */
function usePreviewKeys(step: (by: 1 | -1) => void, close: () => void, act: (press: KeyboardEvent) => boolean): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const target = event.target instanceof Element ? event.target : undefined;
    if (target?.closest('video, audio, input, select') != null) return;
    if (event.key === 'ArrowRight') step(1);
    else if (event.key === 'ArrowLeft') step(-1);
    else if (event.key === ' ' && target?.closest('button, summary, a') == null) close();
    else if (!act(event)) return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

async function save({ bucket, entry, versionId }: PreviewedFile): Promise<void> {
  try {
    const body = { key: entry.key, versionId, download: true };
    const { url } = await call(postContentLink, { params: { bucket }, body });
    saveFrom(url);
  } catch (error) {
    toast('error', errorText(error));
  }
}
