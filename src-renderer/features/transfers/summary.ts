import type { Status } from '../../components/status-word.tsx';
import type { HoldState } from './engine/hold.ts';
import type { PaceLimit } from './engine/quiet-hours.ts';
import type { TransferSession } from './session.ts';

/** What is said of all transfers in one line. */
export interface Summary {
  readonly files: number;
  /** More files may come: something is still being looked through. */
  readonly isLooking: boolean;
  /** Drops of earlier visits that were not looked through. */
  readonly broken: number;
  readonly stored: number;
  readonly failed: number;
  readonly conflicts: number;
  readonly paused: number;
  /** Sending or about to. */
  readonly active: number;
  readonly sentBytes: number;
  readonly totalBytes: number;
  readonly bytesPerSecond: number | undefined;
  readonly remainingMs: number | undefined;
  readonly hold: HoldState;
  readonly limit: PaceLimit;
  readonly status: Status;
}

/** Is there anything to say? */
export function isWorthShowing({ files, broken, isLooking }: Summary): boolean {
  return files > 0 || broken > 0 || isLooking;
}

export function summaryOf({ engine, finder }: Pick<TransferSession, 'engine' | 'finder'>): Summary {
  const { totals } = engine.book;
  const { bytesPerSecond, remainingMs, hold, limit } = engine.progress();
  const active = totals.waiting.files + totals.sending.files;
  const { isLooking } = finder;
  const broken = finder.broken.length;
  const needsSomebody = totals.conflict.files + totals['needs-file'].files + broken;
  const states = Object.values(totals);
  return {
    files: engine.book.size,
    isLooking,
    broken,
    stored: totals.done.files + totals.skipped.files,
    failed: totals.failed.files,
    conflicts: totals.conflict.files,
    paused: totals.paused.files,
    active,
    sentBytes: states.reduce((sum, { sent }) => sum + sent, 0) + totals.skipped.bytes,
    totalBytes: states.reduce((sum, { bytes }) => sum + bytes, 0),
    bytesPerSecond: active > 0 && hold.kind === 'none' ? bytesPerSecond : undefined,
    remainingMs: active > 0 && !isLooking && hold.kind === 'none' ? remainingMs : undefined,
    hold,
    limit,
    status: statusOf({
      active: active + (isLooking ? 1 : 0),
      needsSomebody,
      failed: totals.failed.files,
      paused: totals.paused.files,
      hold,
    }),
  };
}

function statusOf(given: {
  readonly active: number;
  readonly needsSomebody: number;
  readonly failed: number;
  readonly paused: number;
  readonly hold: HoldState;
}): Status {
  if (given.active > 0 && given.hold.kind !== 'none') return 'attention';
  if (given.active > 0) return 'working';
  if (given.needsSomebody > 0 || given.paused > 0) return 'attention';
  return given.failed > 0 ? 'stopped' : 'fine';
}
