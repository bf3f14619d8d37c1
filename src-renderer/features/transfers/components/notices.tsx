import type { ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { toast } from '../../../components/toast.tsx';
import { t } from '../../../lib/i18n.ts';
import { isWhole, type StoredDrop } from '../finder.ts';
import type { TransferSession } from '../session.ts';
import type { Given } from '../sources/origins.ts';
import type { Summary } from '../summary.ts';
import { useChooser } from './file-inputs.tsx';

interface NoticesProps {
  readonly session: TransferSession;
  readonly summary: Summary;
  readonly onDecide: () => void;
}

/** What waits for a person or for the network, each with what to do about it. */
export function Notices({ session, summary, onDecide }: NoticesProps) {
  const { hold, active, conflicts } = summary;
  return (
    <>
      {active > 0 && hold.kind === 'offline' && (
        <Notice text={t('transfers.offlineText')}>
          <Button small onPress={() => session.engine.tryNow()}>
            {t('common.retry')}
          </Button>
        </Notice>
      )}
      {conflicts > 0 && (
        <Notice text={t('transfers.conflicts', { count: conflicts })}>
          <Button small onPress={onDecide}>
            {t('transfers.decide')}
          </Button>
        </Notice>
      )}
      <FilesWanted session={session} />
    </>
  );
}

/** Transfers of an earlier visit whose files the page has not: one click gives them back. */
function FilesWanted({ session }: { readonly session: TransferSession }) {
  const { locked, lost } = session.waitingForFiles();
  const give = async (given: Given) => {
    const count = await session.giveAgain(given);
    toast(count > 0 ? 'note' : 'error', t('transfers.givenAgain', { count }));
  };
  const chooser = useChooser((given) => void give(given), 'again');
  return (
    <>
      {chooser.elements}
      {locked > 0 && (
        <Notice text={t('transfers.locked', { count: locked })}>
          <Button small onPress={() => void session.readAgain()}>
            {t('transfers.goOn')}
          </Button>
        </Notice>
      )}
      {lost > 0 && (
        <Notice text={t('transfers.lost', { count: lost })}>
          <Button small onPress={chooser.chooseFolder}>
            {t('transfers.chooseFolder')}
          </Button>
          <Button small onPress={chooser.chooseFiles}>
            {t('transfers.chooseFiles')}
          </Button>
        </Notice>
      )}
      {session.finder.broken.map((drop) => (
        <Notice key={drop.id} text={brokenText(drop)}>
          {isWhole(drop) ? (
            <Button small onPress={() => void session.readAgain()}>
              {t('transfers.goOn')}
            </Button>
          ) : (
            <>
              <Button small onPress={chooser.chooseFolder}>
                {t('transfers.chooseFolder')}
              </Button>
              <Button small onPress={chooser.chooseFiles}>
                {t('transfers.chooseFiles')}
              </Button>
            </>
          )}
          <Button small look="quiet" onPress={() => void session.finder.forget(drop)}>
            {t('transfers.forgetDrop')}
          </Button>
        </Notice>
      ))}
    </>
  );
}

const NAMES_SHOWN = 3;

function brokenText(drop: StoredDrop): string {
  const { names, bucket, prefix } = drop;
  const more = names.length > NAMES_SHOWN ? ', …' : '';
  const given = { names: names.slice(0, NAMES_SHOWN).join(', ') + more, place: `${bucket}/${prefix}` };
  return isWhole(drop) ? t('transfers.brokenLocked', given) : t('transfers.broken', given);
}

function Notice({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-2 text-table">
      <StatusWord status="attention" compact />
      <span className="min-w-0 flex-1 basis-40">{text}</span>
      <span className="flex flex-wrap gap-2">{children}</span>
    </div>
  );
}
