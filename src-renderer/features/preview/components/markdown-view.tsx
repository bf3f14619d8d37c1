import { type ReactNode, useMemo } from 'react';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useFirstBytes } from '../api/content.ts';
import { decodeText } from '../parse/decode-text.ts';
import { type Block, type Cell, parseMarkdown } from '../parse/markdown.ts';
import type { Inline } from '../parse/markdown-inline.ts';
import type { ViewProps } from './preview-body.tsx';
import { PartNote, PreviewError, PreviewLoading, Unshown } from './states.tsx';

const SHOWN_BYTES = 256 * 1024;
const HEADINGS = ['text-title', 'text-section', 'text-body'] as const;

/** Markdown as a page of the console's own elements: none of the file's HTML, nothing loaded from elsewhere. */
export function MarkdownView(props: ViewProps) {
  const { entry } = props.file;
  const language = useLanguage();
  const { data, error, retry } = useFirstBytes(props.file, SHOWN_BYTES);
  const decoded = useMemo(() => (data === undefined ? undefined : decodeText(data)), [data]);
  const parsed = useMemo(() => parseMarkdown(decoded?.text ?? ''), [decoded]);
  if (error !== null) return <PreviewError error={error} onRetry={retry} />;
  if (decoded === undefined) return <PreviewLoading />;
  if (decoded.isBinary) return <Unshown {...props} reason={t('preview.noText')} />;
  return (
    <>
      {entry.sizeBytes > SHOWN_BYTES && (
        <PartNote>
          {t('preview.part', {
            shown: formatBytes(SHOWN_BYTES, language),
            all: formatBytes(entry.sizeBytes, language),
          })}
        </PartNote>
      )}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        aria-label={t('preview.text')}
        className="row-focus min-h-0 flex-1 overflow-auto bg-surface"
      >
        <div className="mx-auto flex max-w-180 flex-col gap-4 px-4 py-6 sm:px-6">{parsed.map(block)}</div>
      </section>
    </>
  );
}

function block(one: Block, key: number): ReactNode {
  switch (one.kind) {
    case 'heading': {
      // The dialog's title is the first heading of the page.
      const Tag = (['h3', 'h4', 'h5', 'h6'] as const)[Math.min(one.level - 1, 3)] ?? 'h6';
      return (
        <Tag key={key} className={`mt-2 font-semibold ${HEADINGS[one.level - 1] ?? 'text-body'}`}>
          {one.content.map(inline)}
        </Tag>
      );
    }
    case 'paragraph':
      return (
        <p key={key} className="[overflow-wrap:anywhere]">
          {one.content.map(inline)}
        </p>
      );
    case 'code':
      return (
        <pre
          key={key}
          className="whitespace-pre-wrap rounded-control bg-sunken p-3 font-mono text-table [overflow-wrap:anywhere]"
        >
          {one.text}
        </pre>
      );
    case 'quote':
      return (
        <blockquote key={key} className="flex flex-col gap-3 border-line-strong border-l-2 pl-4 text-muted">
          {one.blocks.map(block)}
        </blockquote>
      );
    case 'list':
      return <List key={key} {...one} />;
    case 'table':
      return <Table key={key} {...one} />;
    case 'rule':
      return <hr key={key} className="border-line" />;
  }
}

function List({ isOrdered, start, items }: Extract<Block, { kind: 'list' }>) {
  const content = items.map(({ isDone, blocks }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    <li key={index} className={isDone === undefined ? '' : 'list-none'}>
      {isDone !== undefined && <Task isDone={isDone} />}
      {blocks.map(block)}
    </li>
  ));
  const look = 'flex flex-col gap-1 pl-6';
  return isOrdered ? (
    <ol start={start} className={`list-decimal ${look}`}>
      {content}
    </ol>
  ) : (
    <ul className={`list-disc ${look}`}>{content}</ul>
  );
}

function Task({ isDone }: { readonly isDone: boolean }) {
  return (
    <span className="-ml-5 float-left">
      <span aria-hidden="true">{isDone ? '☑' : '☐'}</span>
      <span className="sr-only">{isDone ? t('preview.done') : t('preview.open')}</span>
    </span>
  );
}

function Table({ head, rows }: Extract<Block, { kind: 'table' }>) {
  const cell = 'border border-line px-3 py-1.5 text-left';
  const cells = (row: readonly Cell[], make: (content: ReactNode, index: number) => ReactNode) =>
    row.map((content, index) => make(content.map(inline), index));
  return (
    <div className="overflow-x-auto">
      <table className="text-table">
        <thead>
          <tr>
            {cells(head, (content, index) => (
              <th key={index} scope="col" className={`${cell} font-medium`}>
                {content}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
            <tr key={index}>
              {cells(row, (content, column) => (
                <td key={column} className={cell}>
                  {content}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(one: Inline, key: number): ReactNode {
  switch (one.kind) {
    case 'text':
      return one.text;
    case 'code':
      return (
        <code key={key} className="rounded-[3px] bg-sunken px-1 font-mono text-table">
          {one.text}
        </code>
      );
    case 'strong':
      return <strong key={key}>{one.content.map(inline)}</strong>;
    case 'emphasis':
      return <em key={key}>{one.content.map(inline)}</em>;
    case 'deleted':
      return <del key={key}>{one.content.map(inline)}</del>;
    case 'image':
      return (
        <span key={key} className="text-muted">
          [{one.text === '' ? t('preview.image') : one.text}]
        </span>
      );
    case 'break':
      return <br key={key} />;
    case 'link':
      if (one.href === undefined) return <span key={key}>{one.content.map(inline)}</span>;
      return (
        <a key={key} href={one.href} target="_blank" rel="noopener noreferrer" className="text-accent underline">
          {one.content.map(inline)}
        </a>
      );
  }
}
