import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { copyText } from '../lib/copy-text.ts';
import { t } from '../lib/i18n.ts';
import { Button } from './button.tsx';
import { toast } from './toast.tsx';

/** Names and what stands for them, one below the other. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="flex flex-col gap-3 text-table">{children}</dl>;
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
  /** Keys, hashes, addresses. */
  readonly mono?: boolean;
  /** Offers to copy this text. */
  readonly copy?: string;
}

export function Fact({ name, children, mono = false, copy }: FactProps) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-caption text-muted">{name}</dt>
      <dd className={`flex items-start gap-1 break-words ${mono ? 'font-mono' : ''}`}>
        <span className="min-w-0 flex-1 whitespace-pre-wrap break-words [overflow-wrap:anywhere]">{children}</span>
        {copy !== undefined && (
          <span className="-my-1.5 flex">
            <CopyButton name={name} text={copy} />
          </span>
        )}
      </dd>
    </div>
  );
}

/** Copies a text; says so, or that the browser did not let it. */
export function CopyButton({ name, text }: { readonly name: string; readonly text: string }) {
  const copy = async () => {
    if (await copyText(text)) toast('note', t('common.copied', { name }));
    else toast('error', t('common.notCopied'));
  };
  return (
    <Button look="quiet" small square aria-label={t('common.copyNamed', { name })} onPress={() => void copy()}>
      <Copy size={14} aria-hidden="true" />
    </Button>
  );
}
