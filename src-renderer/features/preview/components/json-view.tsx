import { useMemo, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import { useFirstBytes } from '../api/content.ts';
import { decodeText } from '../parse/decode-text.ts';
import type { ViewProps } from './preview-body.tsx';
import { PreviewError, PreviewLoading } from './states.tsx';
import { TextView } from './text-view.tsx';

/** A larger one, or one that is broken, is shown as text. */
const MAX_BYTES = 5_000_000;
const SHOWN_AT_ONCE = 100;
const OPEN_DEPTH = 2;

/** JSON as a tree whose branches open and close. */
export function JsonView(props: ViewProps) {
  return props.file.entry.sizeBytes > MAX_BYTES ? <TextView {...props} /> : <JsonTree {...props} />;
}

function JsonTree(props: ViewProps) {
  const { data, error, retry } = useFirstBytes(props.file, MAX_BYTES);
  const parsed = useMemo(() => (data === undefined ? undefined : parse(decodeText(data).text)), [data]);
  if (error !== null) return <PreviewError error={error} onRetry={retry} />;
  if (data === undefined) return <PreviewLoading />;
  if (parsed === undefined) return <TextView {...props} />;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
      aria-label={t('preview.tree')}
      className="row-focus min-h-0 flex-1 overflow-auto bg-surface px-4 py-3 font-mono text-table sm:px-6"
    >
      <Node value={parsed.value} depth={0} />
    </section>
  );
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return undefined;
  }
}

interface NodeProps {
  readonly name?: string;
  readonly value: unknown;
  readonly depth: number;
}

function Node({ name, value, depth }: NodeProps) {
  if (typeof value === 'object' && value !== null) return <Branch name={name} value={value} depth={depth} />;
  return (
    <div className="py-0.5 pl-5 [overflow-wrap:anywhere]">
      {name !== undefined && <span className="text-muted">{name}: </span>}
      <Leaf value={value} />
    </div>
  );
}

function Leaf({ value }: { readonly value: unknown }) {
  const look = typeof value === 'string' ? 'text-fine' : typeof value === 'number' ? 'text-attention' : 'text-working';
  return <span className={look}>{JSON.stringify(value)}</span>;
}

function Branch({
  name,
  value,
  depth,
}: {
  readonly name: string | undefined;
  readonly value: object;
  readonly depth: number;
}) {
  const [isOpen, setOpen] = useState(depth < OPEN_DEPTH);
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const isArray = Array.isArray(value);
  const entries = Object.entries(value);
  const count = isArray ? `[${entries.length}]` : `{${entries.length}}`;
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="min-h-6 cursor-default rounded-control py-0.5">
        {name !== undefined && <span>{name} </span>}
        <span className="text-muted">{count}</span>
      </summary>
      {isOpen && (
        <div className="ml-1.5 border-line border-l pl-3">
          {entries.slice(0, shown).map(([key, child]) => (
            <Node key={key} name={key} value={child} depth={depth + 1} />
          ))}
          {entries.length > shown && (
            <Button look="quiet" small onPress={() => setShown(shown * 10)}>
              {t('preview.more', { count: entries.length - shown })}
            </Button>
          )}
        </div>
      )}
    </details>
  );
}
