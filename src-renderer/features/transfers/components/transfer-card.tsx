import { Link, useLocation } from '@tanstack/react-router';
import { ChevronDown, Pause, Play, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { t } from '../../../lib/i18n.ts';
import type { TransferEngine } from '../engine/transfer-engine.ts';
import { useEngine } from '../hooks/use-engine.ts';
import { useLeaveWarning } from '../hooks/use-leave-warning.ts';
import { failedOf, fixNames } from '../mend.ts';
import type { TransferSession } from '../session.ts';
import { isWorthShowing, type Summary, summaryOf } from '../summary.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { Notices } from './notices.tsx';
import { Progress } from './progress.tsx';
import { SummaryLine } from './summary-line.tsx';

const ROWS = 3;

/** In the corner of every page: what moves, and what needs somebody. Asks about conflicts wherever the person is. */
export function TransferCard({ session }: { readonly session: TransferSession }) {
  const { engine } = session;
  useEngine(engine);
  useLeaveWarning(session);
  const { pathname } = useLocation();
  // Closed until more files come.
  const [closedAt, setClosedAt] = useState(-1);
  // The conflicts that were put off are asked about no more until others come.
  const [putOff, setPutOff] = useState(0);
  const summary = summaryOf(session);
  const isHidden = summary.files <= closedAt || pathname === '/transfers';
  if (summary.files < closedAt) setClosedAt(summary.files);
  if (summary.conflicts < putOff) setPutOff(summary.conflicts);
  return (
    <>
      {isWorthShowing(summary) && !isHidden && (
        <section
          aria-label={t('transfers.title')}
          className="opens flex shrink-0 flex-col gap-2 border-line border-t bg-surface p-3 sm:fixed sm:right-4 sm:bottom-16 sm:z-20 sm:w-96 sm:rounded-popover sm:border sm:shadow-float"
        >
          <CardHead engine={engine} summary={summary} onClose={() => setClosedAt(summary.files)} />
          {summary.files > 0 && (
            <Progress label={t('transfers.title')} sentBytes={summary.sentBytes} totalBytes={summary.totalBytes} />
          )}
          <Notices session={session} summary={summary} onDecide={() => setPutOff(0)} />
          <Moving engine={engine} />
        </section>
      )}
      <ConflictDialog
        engine={engine}
        isOpen={summary.conflicts > putOff}
        onClose={() => setPutOff(summary.conflicts)}
      />
    </>
  );
}

/** The one thing that helps most: another try, or other names where only those are wrong. */
function MendButton({ engine }: { readonly engine: TransferEngine }) {
  const { misnamed, retryable } = failedOf(engine.book.in('failed'));
  return retryable.length > 0 ? (
    <Button small onPress={() => engine.resume(retryable)}>
      {t('transfers.retryFailed')}
    </Button>
  ) : (
    <Button small onPress={() => fixNames(engine, misnamed)}>
      {t('transfers.fixNames')}
    </Button>
  );
}

interface CardHeadProps {
  readonly engine: TransferEngine;
  readonly summary: Summary;
  readonly onClose: () => void;
}

function CardHead({ engine, summary, onClose }: CardHeadProps) {
  const { active, paused, failed } = summary;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <StatusWord status={summary.status} compact />
      <span role="status" className="flex min-w-0 flex-1">
        <SummaryLine summary={summary} />
      </span>
      {active === 0 && failed > 0 && <MendButton engine={engine} />}
      {active > 0 ? (
        <Button small square look="quiet" aria-label={t('transfers.pauseAll')} onPress={() => pauseAll(engine)}>
          <Pause size={16} aria-hidden="true" />
        </Button>
      ) : (
        paused > 0 && (
          <Button
            small
            square
            look="quiet"
            aria-label={t('transfers.resumeAll')}
            onPress={() => engine.resume(engine.book.in('paused'))}
          >
            <Play size={16} aria-hidden="true" />
          </Button>
        )
      )}
      <Button small square look="quiet" aria-label={t('transfers.hideCard')} onPress={onClose}>
        {active > 0 ? <ChevronDown size={16} aria-hidden="true" /> : <X size={16} aria-hidden="true" />}
      </Button>
    </div>
  );
}

function pauseAll(engine: TransferEngine): void {
  engine.pause([...engine.book.in('sending'), ...engine.book.in('waiting')]);
}

/** The first few that are under way. */
function Moving({ engine }: { readonly engine: TransferEngine }) {
  const moving = [...engine.book.in('sending')].slice(0, ROWS);
  return (
    <>
      {moving.length > 0 && (
        <ul className="hidden flex-col gap-2 sm:flex">
          {moving.map(({ id, path, sentBytes, sizeBytes }) => (
            <li key={id} className="flex min-w-0 items-center gap-3 text-caption text-muted">
              <span className="min-w-0 flex-1 truncate" title={path}>
                {path}
              </span>
              <span className="w-20">
                <Progress label={path} sentBytes={sentBytes} totalBytes={sizeBytes} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <Link to="/transfers" className="self-start text-accent text-caption hover:underline">
        {t('transfers.showAll')}
      </Link>
    </>
  );
}
