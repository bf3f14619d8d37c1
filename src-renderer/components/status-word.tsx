import { t } from '../lib/i18n.ts';

const SHAPES = {
  fine: ['●', 'text-fine'],
  working: ['◐', 'text-working'],
  attention: ['▲', 'text-attention'],
  stopped: ['■', 'text-stopped'],
  unknown: ['◌', 'text-unknown'],
} as const;
export type Status = keyof typeof SHAPES;

/** Shape, colour and word. `compact` leaves the word to screen readers. */
export function StatusWord({ status, compact = false }: { readonly status: Status; readonly compact?: boolean }) {
  const [shape, colour] = SHAPES[status];
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap text-body">
      <span aria-hidden="true" className={colour}>
        {shape}
      </span>
      <span className={compact ? 'sr-only' : undefined}>{word(status)}</span>
    </span>
  );
}

function word(status: Status): string {
  switch (status) {
    case 'fine':
      return t('status.fine');
    case 'working':
      return t('status.working');
    case 'attention':
      return t('status.attention');
    case 'stopped':
      return t('status.stopped');
    case 'unknown':
      return t('status.unknown');
  }
}
