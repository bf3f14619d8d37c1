import { useMemo } from 'react';
import { ErrorState } from '../../../components/states.tsx';
import { formatBytes, formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useFirstBytes } from '../../preview/api/content.ts';
import { PreviewLoading } from '../../preview/components/states.tsx';
import { decodeText } from '../../preview/parse/decode-text.ts';
import { type DiffLine, diffLines, linesOf, withoutUnchanged } from '../line-diff.ts';
import { type ComparisonProps, Says } from './compare-dialog.tsx';
import { DiffTable } from './diff-table.tsx';

/** Of each version so much is compared. */
const COMPARED_BYTES = 512 * 1024;
const LINES_AROUND = 3;
/** Rows of a table that a page still scrolls well. */
const MAX_SHOWN = 3000;

/** The lines that went and came, with some of those around them. */
export function TextDiff({ before, after }: ComparisonProps) {
  const old = useFirstBytes(before, COMPARED_BYTES);
  const fresh = useFirstBytes(after, COMPARED_BYTES);
  const error = old.error ?? fresh.error;
  if (error !== null) {
    const retry = () => {
      old.retry();
      fresh.retry();
    };
    return <ErrorState error={error} onRetry={retry} />;
  }
  if (old.data === undefined || fresh.data === undefined) return <PreviewLoading />;
  const texts = [decodeText(old.data), decodeText(fresh.data)] as const;
  if (texts.some(({ isBinary }) => isBinary)) return <Says text={t('compare.unknown')} />;
  const isPart = Math.max(before.entry.sizeBytes, after.entry.sizeBytes) > COMPARED_BYTES;
  return <Lines before={texts[0].text} after={texts[1].text} isPart={isPart} />;
}

interface LinesProps {
  readonly before: string;
  readonly after: string;
  readonly isPart: boolean;
}

function Lines({ before, after, isPart }: LinesProps) {
  const language = useLanguage();
  const { lines, isMatched } = useMemo(() => diffLines(linesOf(before), linesOf(after)), [before, after]);
  const shown = useMemo(() => withoutUnchanged(lines, LINES_AROUND), [lines]);
  const count = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  const [removed, added] = [count('removed'), count('added')];
  if (removed + added === 0) return <Says text={isPart ? t('compare.sameStart') : t('compare.sameLines')} />;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p role="status" className="text-table">
        <span className="text-fine">+ {t('compare.added', { count: added, shown: formatCount(added, language) })}</span>
        <span className="pl-3 text-stopped">
          − {t('compare.removed', { count: removed, shown: formatCount(removed, language) })}
        </span>
      </p>
      {isPart && (
        <p className="text-caption text-muted">{t('compare.part', { shown: formatBytes(COMPARED_BYTES, language) })}</p>
      )}
      {!isMatched && <p className="text-caption text-muted">{t('compare.tooDifferent')}</p>}
      <DiffTable lines={shown.slice(0, MAX_SHOWN)} />
      {shown.length > MAX_SHOWN && <p className="text-caption text-muted">{t('compare.cut', { count: MAX_SHOWN })}</p>}
    </div>
  );
}
