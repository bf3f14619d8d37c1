import type { ReactNode } from 'react';
import { formatBytes, formatCount, formatExactTime } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import type { RowsHead } from '../rows/row-store.ts';

/** How much the list holds, as of when; what is not known yet is said. */
export function ListFoot({ head, children }: { readonly head: RowsHead; readonly children?: ReactNode }) {
  const language = useLanguage();
  const count = formatCount(head.total, language);
  return (
    <div
      role="status"
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 border-line border-t bg-surface px-4 py-1 text-caption text-muted sm:px-6"
    >
      <span title={t('files.asOf', { time: formatExactTime(head.asOfMs, language) })}>
        {head.isComplete
          ? t('files.entries', { count: head.total, shown: count })
          : t('files.reading', { found: count })}
        {head.isComplete && head.totalBytes > 0 && ` · ${formatBytes(head.totalBytes, language)}`}
      </span>
      {head.isCut && <span>{t('files.cut')}</span>}
      {children}
    </div>
  );
}
