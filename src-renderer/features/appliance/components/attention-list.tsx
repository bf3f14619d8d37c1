import type { AttentionItem } from '../../../../src-server/contract/overview.ts';
import { StatusWord } from '../../../components/status-word.tsx';
import { t } from '../../../lib/i18n.ts';
import { attentionText, isStopping } from '../attention-text.ts';

/** What needs attention, worst first: what happened, whether data is safe, what to do. Hidden when there is nothing. */
export function AttentionList({ items }: { readonly items: readonly AttentionItem[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="attention-title" className="flex flex-col gap-3">
      <h2 id="attention-title" className="font-semibold text-section">
        {t('home.attentionTitle', { count: items.length })}
      </h2>
      <ul className="flex flex-col">
        {items.map((item) => (
          <AttentionRow key={`${item.cause} ${item.subject}`} item={item} />
        ))}
      </ul>
    </section>
  );
}

function AttentionRow({ item }: { readonly item: AttentionItem }) {
  const { what, isSafe, advice } = attentionText(item);
  return (
    <li className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 border-line border-t py-3 last:border-b">
      <StatusWord status={isStopping(item.cause) ? 'stopped' : 'attention'} compact />
      <p className="font-medium">{what}</p>
      <p className="col-start-2 max-w-180 text-muted">
        {isSafe} {advice}
      </p>
      {item.detail !== null && (
        <p className="col-start-2 font-mono text-caption text-muted [overflow-wrap:anywhere]">{item.detail}</p>
      )}
    </li>
  );
}
