import { Download } from 'lucide-react';
import type { SnippetPart } from '../../../../src-server/contract/snippets/snippet.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/facts.tsx';
import { t } from '../../../lib/i18n.ts';
import { saveText } from '../../../lib/save-text.ts';

/** What is typed, saved or filled in, piece by piece. */
export function SnippetParts({ parts }: { readonly parts: readonly SnippetPart[] }) {
  return (
    <div className="flex flex-col gap-3">
      {parts.map((part) => (
        <Part key={part.kind === 'file' ? part.path : part.kind} part={part} />
      ))}
    </div>
  );
}

function Part({ part }: { readonly part: SnippetPart }) {
  switch (part.kind) {
    case 'shell':
      return <Code title={t('connect.inShell')} text={part.text} />;
    case 'file':
      return <Code title={part.path} text={part.text} fileName={part.path.split('/').at(-1) ?? part.path} />;
    case 'values':
      return (
        <dl className="rounded-control border border-line bg-surface px-3 text-table">
          {part.rows.map(([field, value]) => (
            <div
              key={field}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-line border-b py-1.5 last:border-b-0 sm:grid-cols-[14rem_minmax(0,1fr)_auto]"
            >
              <dt className="col-span-2 text-caption text-muted sm:col-span-1 sm:text-table">{field}</dt>
              <dd className="font-mono [overflow-wrap:anywhere]">{value}</dd>
              <dd>
                <CopyButton name={field} text={value} />
              </dd>
            </div>
          ))}
        </dl>
      );
  }
}

interface CodeProps {
  readonly title: string;
  readonly text: string;
  /** Offers to save it under this name. */
  readonly fileName?: string;
}

function Code({ title, text, fileName }: CodeProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-control border border-line bg-surface">
      <figcaption className="flex items-center gap-1 border-line border-b bg-sunken py-0.5 pr-1 pl-3 text-caption text-muted">
        <span className="min-w-0 flex-1 truncate font-mono">{title}</span>
        {fileName !== undefined && (
          <Button
            look="quiet"
            small
            square
            aria-label={t('connect.saveFile', { file: fileName })}
            onPress={() => saveText(fileName, text)}
          >
            <Download size={14} aria-hidden="true" />
          </Button>
        )}
        <CopyButton name={title} text={text} />
      </figcaption>
      <pre className="whitespace-pre-wrap p-3 font-mono text-caption [overflow-wrap:anywhere]">{text}</pre>
    </figure>
  );
}
