import { useMemo } from 'react';
import { ErrorState } from '../../../components/states.tsx';
import { formatBytes, formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useFirstBytes } from '../../preview/api/content.ts';
import { PreviewLoading } from '../../preview/components/states.tsx';
import { decodeText } from '../../preview/parse/decode-text.ts';
import { type DiffGap, type DiffLine, diffLines, withoutUnchanged } from '../line-diff.ts';
import { type ComparisonProps, Says } from './compare-dialog.tsx';

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
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        aria-label={t('compare.lines')}
        className="row-focus max-h-[60vh] overflow-auto rounded-control border border-line bg-surface font-mono text-table"
      >
        <table className="w-full border-collapse">
          <tbody>
            {shown.slice(0, MAX_SHOWN).map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison never move
              <Line key={index} line={line} />
            ))}
          </tbody>
        </table>
      </section>
      {shown.length > MAX_SHOWN && <p className="text-caption text-muted">{t('compare.cut', { count: MAX_SHOWN })}</p>}
    </div>
  );
}

const SIGNS = { same: ' ', removed: '−', added: '+' } as const;
const LOOKS = {
  same: '',
  removed: 'bg-[color-mix(in_srgb,var(--stopped)_14%,transparent)]',
  added: 'bg-[color-mix(in_srgb,var(--fine)_14%,transparent)]',
} as const;
const NUMBER = 'w-10 select-none px-2 text-right align-top text-muted max-sm:hidden';

function Line({ line }: { readonly line: DiffLine | DiffGap }) {
  if (line.kind === 'gap') {
    return (
      <tr className="bg-sunken text-muted">
        <td colSpan={4} className="px-3 py-1 font-sans text-caption">
          {t('compare.unchanged', { count: line.count })}
        </td>
      </tr>
    );
  }
  return (
    <tr className={LOOKS[line.kind]}>
      <td className={NUMBER}>{line.before}</td>
      <td className={NUMBER}>{line.after}</td>
      <td className="w-6 select-none text-center align-top">
        <span aria-hidden="true">{SIGNS[line.kind]}</span>
        {line.kind !== 'same' && (
          <span className="sr-only">{line.kind === 'added' ? t('compare.lineAdded') : t('compare.lineRemoved')}</span>
        )}
      </td>
      <td className="whitespace-pre-wrap pr-3 [overflow-wrap:anywhere] [tab-size:4]">{line.text}</td>
    </tr>
  );
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
