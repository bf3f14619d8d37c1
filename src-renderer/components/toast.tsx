import { X } from 'lucide-react';
import { create } from 'zustand';
import { t } from '../lib/i18n.ts';
import { Button } from './button.tsx';

interface Toast {
  readonly id: number;
  readonly kind: 'note' | 'error';
  readonly text: string;
  readonly action: ToastAction | undefined;
}

/** What can be done about it, once. */
interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

/** Something that can be taken back is offered so long. */
const OFFERED_MS = 30_000;
const SHOWN_MS = 8000;
let lastId = 0;

const useToasts = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));

/** Says something for eight seconds, with an action for thirty; an error stays until it is closed. */
export function toast(kind: Toast['kind'], text: string, action?: ToastAction): void {
  lastId += 1;
  const id = lastId;
  useToasts.setState(({ toasts }) => ({ toasts: [...roomIn(toasts), { id, kind, text, action }] }));
  if (kind === 'note') setTimeout(() => dismiss(id), action === undefined ? SHOWN_MS : OFFERED_MS);
}

const MOST = 3;

/** The oldest notes go first: an error stays until somebody has closed it, as long as there are not only errors. */
function roomIn(toasts: readonly Toast[]): readonly Toast[] {
  if (toasts.length < MOST) return toasts;
  const oldest = toasts.find(({ kind }) => kind === 'note') ?? toasts[0];
  return toasts.filter((one) => one !== oldest);
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) }));
}

/**
 * Where toasts appear; read out politely, errors at once. Stands once in the page. The mark keeps a dialog from hiding it
 * from screen readers, as it hides all that is beside it.
 */
export function ToastRegion() {
  const { toasts } = useToasts();
  return (
    <div
      data-react-aria-top-layer="true"
      className="pointer-events-none fixed inset-x-4 bottom-18 z-40 flex flex-col items-center gap-2 sm:bottom-16"
    >
      <div role="status" aria-live="polite" className="contents">
        {toasts.filter((one) => one.kind === 'note').map(card)}
      </div>
      <div role="alert" className="contents">
        {toasts.filter((one) => one.kind === 'error').map(card)}
      </div>
    </div>
  );
}

function card({ id, kind, text, action }: Toast) {
  const act = () => {
    dismiss(id);
    action?.run();
  };
  return (
    <div
      key={id}
      className="opens pointer-events-auto flex max-w-full items-center gap-2 rounded-popover border border-line bg-surface py-1 pr-1 pl-4 text-body shadow-float"
    >
      {kind === 'error' && (
        <span aria-hidden="true" className="text-stopped">
          ■
        </span>
      )}
      <span className="min-w-0 break-words">{text}</span>
      {action !== undefined && (
        <Button look="link" onPress={act}>
          {action.label}
        </Button>
      )}
      <Button look="quiet" square aria-label={t('common.close')} onPress={() => dismiss(id)}>
        <X size={16} aria-hidden="true" />
      </Button>
    </div>
  );
}
