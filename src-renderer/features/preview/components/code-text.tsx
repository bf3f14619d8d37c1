import { useMemo } from 'react';
import { t } from '../../../lib/i18n.ts';
import { type CodePiece, highlight } from '../parse/highlight.ts';

/** Colours are for what is read from the top: each is an element of the page. */
const MAX_COLOURED = 40_000;

const LOOKS: Readonly<Record<CodePiece['kind'], string | undefined>> = {
  plain: undefined,
  comment: 'text-muted italic',
  string: 'text-fine',
  number: 'text-attention',
  keyword: 'text-working',
};

/** Text in lines with their numbers; as code where the ending says which. */
export function CodeText({ text, ending }: { readonly text: string; readonly ending: string }) {
  const lines = useMemo(() => {
    const count = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
    return Array.from({ length: count }, (_, index) => index + 1).join('\n');
  }, [text]);
  const pieces = useMemo(() => highlight(text.slice(0, MAX_COLOURED), ending), [text, ending]);
  return (
    // A part that scrolls is reached by the keyboard only where it takes the focus.
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
      aria-label={t('preview.text')}
      className="row-focus flex min-h-0 flex-1 items-start overflow-auto bg-surface font-mono text-table"
    >
      <pre
        aria-hidden="true"
        className="sticky left-0 shrink-0 select-none border-line border-r bg-surface py-3 pr-3 pl-4 text-right text-muted"
      >
        {lines}
      </pre>
      <pre className="min-w-0 flex-1 py-3 pr-6 pl-3 [tab-size:4]">
        {pieces.map(({ kind, text: piece }, index) =>
          kind === 'plain' ? (
            piece
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move
            <span key={index} className={LOOKS[kind]}>
              {piece}
            </span>
          ),
        )}
        {text.slice(MAX_COLOURED)}
      </pre>
    </section>
  );
}
