import { Download, Trash2, X } from 'lucide-react';
import { Button } from '../../../components/button.tsx';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';

interface BulkBarProps {
  readonly count: number;
  readonly sizeBytes: number;
  readonly mayWrite: boolean;
  readonly onDownload: () => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}

/** What can be done with what is selected. */
export function BulkBar({ count, sizeBytes, mayWrite, onDownload, onDelete, onClear }: BulkBarProps) {
  const language = useLanguage();
  return (
    <section
      aria-label={t('files.selection')}
      className="flex shrink-0 flex-wrap items-center gap-2 border-line border-t bg-surface px-4 py-2 sm:px-6"
    >
      <span role="status" className="mr-auto text-table">
        {t('files.selected', { count })} · {formatBytes(sizeBytes, language)}
      </span>
      <Button look="quiet" onPress={onDownload}>
        <Download size={16} aria-hidden="true" /> {t('files.download')}
      </Button>
      {mayWrite && (
        <Button look="quiet" onPress={onDelete}>
          <Trash2 size={16} aria-hidden="true" /> {t('files.delete')}
        </Button>
      )}
      <Button look="quiet" square aria-label={t('files.clearSelection')} onPress={onClear}>
        <X size={16} aria-hidden="true" />
      </Button>
    </section>
  );
}
