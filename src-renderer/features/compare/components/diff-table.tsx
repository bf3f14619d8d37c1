import { t } from '../../../lib/i18n.ts';
import type { DiffGap, DiffLine } from '../line-diff.ts';

/** Lines of a comparison under each other: what went, what came, and some of what stayed. */
export function DiffTable({ lines }: { readonly lines: readonly (DiffLine | DiffGap)[] }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
      aria-label={t('compare.lines')}
      className="row-focus max-h-[60vh] overflow-auto rounded-control border border-line bg-surface font-mono text-table"
    >
      <table className="w-full border-collapse">
        <tbody>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison never move
            <Line key={index} line={line} />
          ))}
        </tbody>
      </table>
    </section>
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
