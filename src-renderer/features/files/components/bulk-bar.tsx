import { X } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import type { FilesAction, FilesTarget } from '../extension.ts';

interface BulkBarProps {
  readonly target: FilesTarget;
  readonly actions: readonly FilesAction[];
  readonly onClear: () => void;
}

const ACTION =
  'flex min-h-11 min-w-0 cursor-default flex-col items-center justify-center gap-0.5 rounded-control font-medium text-caption hover:bg-sunken @5xl/bar:h-9 @5xl/bar:min-h-0 @5xl/bar:flex-row @5xl/bar:gap-2 @5xl/bar:px-3 @5xl/bar:text-body';

/** What can be done with what is selected. */
export function BulkBar({ target, actions, onClear }: BulkBarProps) {
  const language = useLanguage();
  const count = target.kind === 'items' ? target.items.length : target.count;
  const sizeBytes = target.kind === 'items' ? sizeOf(target) : undefined;
  return (
    <section
      aria-label={t('files.selection')}
      className="@container/bar flex shrink-0 flex-wrap items-center gap-1 border-line border-t bg-surface px-4 py-2 sm:px-6"
    >
      <span role="status" className="mr-auto text-table">
        {t('files.selected', { count })}
        {sizeBytes !== undefined && ` · ${formatBytes(sizeBytes, language)}`}
      </span>
      {/* Where the list is narrow: below the count, the word under its icon. */}
      <div className="order-last grid w-full @5xl/bar:order-none @5xl/bar:flex @5xl/bar:w-auto grid-cols-3 @xs/bar:grid-cols-4 @xl/bar:grid-cols-8 gap-1">
        {actions
          .filter((action) => action.group !== 'open' && action.isOffered(target))
          .map((action) => (
            <AriaButton key={action.id} className={ACTION} onPress={() => action.run(target)}>
              <action.icon size={16} aria-hidden="true" className="shrink-0" />
              <span className="max-w-full truncate">{action.label}</span>
            </AriaButton>
          ))}
      </div>
      <Button look="quiet" square aria-label={t('files.clearSelection')} onPress={onClear}>
        <X size={16} aria-hidden="true" />
      </Button>
    </section>
  );
}

/** Of the files; undefined where there is a folder among them, whose size nobody counted. */
function sizeOf(target: Extract<FilesTarget, { kind: 'items' }>): number | undefined {
  let sum = 0;
  for (const item of target.items) {
    if (item.kind !== 'file') return undefined;
    sum += item.sizeBytes;
  }
  return sum;
}
