import type { OverviewView } from '../../../../src-server/contract/overview.ts';
import { Moment } from '../../../components/moment.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { t } from '../../../lib/i18n.ts';
import { useStatus } from '../api/use-status.ts';
import { clientName, isClient } from '../client-name.ts';

/** How all is, in a word and a sentence. */
export function StatusSentence({ overview }: { readonly overview: OverviewView }) {
  const status = useStatus();
  const backup = overview.contacts.find((contact) => isClient(contact) && contact.lastWriteMs !== null);
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-section">
      <span className="font-semibold">
        <StatusWord status={status} />
      </span>
      <span>
        {sentence(status, overview)}{' '}
        {status !== 'unknown' && backup?.lastWriteMs != null && (
          <span className="text-muted">
            {t('home.lastBackup', { client: clientName(backup.client) })} <Moment atMs={backup.lastWriteMs} />
          </span>
        )}
      </span>
    </p>
  );
}

function sentence(status: ReturnType<typeof useStatus>, { attention, busyJob }: OverviewView): string {
  switch (status) {
    case 'fine':
      return t('home.fine');
    case 'working':
      return t('home.working', { job: busyJob ?? '' });
    case 'attention':
      return t('home.attention', { count: Math.max(1, attention.length) });
    case 'stopped':
      return t('home.stopped');
    case 'unknown':
      return t('home.unknown');
  }
}
