import { Link } from '@tanstack/react-router';
import { Pause, Play, RotateCcw, X } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Bytes } from '../../../components/moment.tsx';
import { splatOf } from '../../../lib/file-address.ts';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { keyFault } from '../engine/key-names.ts';
import { isSmall, type Transfer, type TransferState } from '../engine/transfer.ts';
import type { TransferEngine } from '../engine/transfer-engine.ts';
import { transferErrorText } from '../error-text.ts';
import { formatDuration } from '../format.ts';
import { Progress } from './progress.tsx';

interface TransferRowProps {
  readonly engine: TransferEngine;
  readonly transfer: Transfer;
  readonly isSelected: boolean;
  readonly onSelect: (transfer: Transfer, isSelected: boolean) => void;
  /** Changes when there is something new to show of it: a transfer changes in place. */
  readonly stamp: string;
}

/** One file: what becomes of it, how far it is, and what can be done about it. */
export const TransferRow = memo(function TransferRow({ engine, transfer, isSelected, onSelect }: TransferRowProps) {
  const { path, state } = transfer;
  return (
    <div className="flex h-full items-center gap-3 border-line border-b px-4 text-table hover:bg-sunken sm:px-6">
      <label className="flex size-6 shrink-0 items-center justify-center">
        <input
          type="checkbox"
          aria-label={t('transfers.select', { name: path })}
          checked={isSelected}
          onChange={(event) => onSelect(transfer, event.currentTarget.checked)}
          className="peer sr-only"
        />
        <span
          aria-hidden="true"
          className="flex size-4 items-center justify-center rounded-[3px] border border-line-strong bg-surface text-[12px] text-transparent leading-none outline-2 outline-transparent outline-offset-2 peer-checked:border-accent peer-checked:bg-accent peer-checked:text-on-accent peer-focus-visible:outline-accent"
        >
          ✓
        </span>
      </label>
      <Shape state={state} />
      <div className="grid min-w-0 flex-1 grid-cols-1 items-center gap-x-4 md:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <Name transfer={transfer} />
        <div className="flex min-w-0 items-center gap-3">{fate(transfer)}</div>
      </div>
      <span className="hidden w-20 shrink-0 text-right sm:block">
        <Bytes bytes={transfer.sizeBytes} />
      </span>
      <RowButtons engine={engine} transfer={transfer} />
    </div>
  );
});

function Name({ transfer: { bucket, key, path } }: { readonly transfer: Transfer }) {
  const folder = key.slice(0, key.lastIndexOf('/', key.length - 2) + 1);
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="min-w-0 truncate font-medium" title={path}>
        {key.slice(folder.length)}
      </span>
      <Link
        to="/files/$bucket/$"
        params={{ bucket, _splat: splatOf(folder) }}
        className="hidden min-w-0 max-w-[50%] shrink truncate text-caption text-muted hover:underline sm:block"
      >
        {`${bucket}/${folder}`}
      </Link>
    </span>
  );
}

function fate(transfer: Transfer): ReactNode {
  const { state, error } = transfer;
  if (state === 'waiting' && transfer.sentBytes > 0) return <Moving transfer={transfer} />;
  switch (state) {
    case 'sending':
    case 'paused':
      if (isSmall(transfer)) return <span className="truncate text-muted">{stateText(state)}</span>;
      return <Moving transfer={transfer} />;
    case 'done':
      return <Proof transfer={transfer} />;
    case 'failed':
      return (
        <span className="truncate text-stopped" title={error && transferErrorText(error)}>
          {error && transferErrorText(error)}
        </span>
      );
    default:
      return <span className="truncate text-muted">{stateText(state)}</span>;
  }
}

function Moving({ transfer }: { readonly transfer: Transfer }) {
  const language = useLanguage();
  const { sentBytes, sizeBytes, meter, state, path } = transfer;
  const speed = state === 'sending' ? meter?.perSecond(Date.now()) : undefined;
  const parts =
    speed === undefined || speed === 0
      ? []
      : [
          t('transfers.speed', { size: formatBytes(speed, language) }),
          formatDuration(((sizeBytes - sentBytes) / speed) * 1000, language),
        ];
  const text = state === 'sending' ? parts.join(' · ') : stateText(state);
  return (
    <>
      <span className="w-28 shrink-0">
        <Progress label={path} sentBytes={sentBytes} totalBytes={sizeBytes} isStill={state !== 'sending'} />
      </span>
      <span className="min-w-0 truncate text-muted">{text}</span>
    </>
  );
}

/** The server computed the same checksum over what it stored as this page over what it read. */
function Proof({ transfer: { crc64nvme } }: { readonly transfer: Transfer }) {
  return (
    <span className="min-w-0 truncate text-caption text-muted" title={t('transfers.proofText')}>
      {t('transfers.proof')} <code className="select-all font-mono">{crc64nvme}</code>
    </span>
  );
}

function RowButtons({ engine, transfer }: Pick<TransferRowProps, 'engine' | 'transfer'>) {
  const { state, path: name } = transfer;
  const canPause = state === 'sending' || state === 'waiting';
  return (
    <span className="flex w-15 shrink-0 justify-end gap-1">
      {canPause && (
        <IconButton label={t('transfers.pauseNamed', { name })} onPress={() => engine.pause([transfer])}>
          <Pause size={16} aria-hidden="true" />
        </IconButton>
      )}
      {state === 'paused' && (
        <IconButton label={t('transfers.resumeNamed', { name })} onPress={() => engine.resume([transfer])}>
          <Play size={16} aria-hidden="true" />
        </IconButton>
      )}
      {state === 'failed' && keyFault(transfer.key) === undefined && (
        <IconButton label={t('transfers.retryNamed', { name })} onPress={() => engine.resume([transfer])}>
          <RotateCcw size={16} aria-hidden="true" />
        </IconButton>
      )}
      <IconButton
        label={
          state === 'done' || state === 'skipped'
            ? t('transfers.clearNamed', { name })
            : t('transfers.cancelNamed', { name })
        }
        onPress={() => engine.remove([transfer])}
      >
        <X size={16} aria-hidden="true" />
      </IconButton>
    </span>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** The browser's own button: rows come and go by the hundred while files are sent. */
function IconButton({ label, onPress, children }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onPress}
      className="inline-flex size-7 shrink-0 cursor-default items-center justify-center rounded-control hover:bg-line"
    >
      {children}
    </button>
  );
}

const SHAPES: Readonly<Record<TransferState, readonly [string, string]>> = {
  waiting: ['◌', 'text-unknown'],
  sending: ['◐', 'text-working'],
  paused: ['◌', 'text-unknown'],
  conflict: ['▲', 'text-attention'],
  'needs-file': ['▲', 'text-attention'],
  failed: ['■', 'text-stopped'],
  done: ['●', 'text-fine'],
  skipped: ['●', 'text-unknown'],
};

function Shape({ state }: { readonly state: TransferState }) {
  const [shape, colour] = SHAPES[state];
  return (
    <span className={`w-4 shrink-0 text-center ${colour}`} title={stateText(state)}>
      <span aria-hidden="true">{shape}</span>
      <span className="sr-only">{stateText(state)}</span>
    </span>
  );
}

function stateText(state: TransferState): string {
  switch (state) {
    case 'waiting':
      return t('transfers.stateWaiting');
    case 'sending':
      return t('transfers.stateSending');
    case 'paused':
      return t('transfers.statePaused');
    case 'conflict':
      return t('transfers.stateConflict');
    case 'needs-file':
      return t('transfers.stateNeedsFile');
    case 'failed':
      return t('transfers.stateFailed');
    case 'done':
      return t('transfers.stateDone');
    case 'skipped':
      return t('transfers.stateSkipped');
  }
}
