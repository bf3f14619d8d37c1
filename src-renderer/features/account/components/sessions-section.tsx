import { Button } from '../../../components/button.tsx';
import { Moment } from '../../../components/moment.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { readUserAgent } from '../../../lib/user-agent.ts';
import { useEndOtherSessions, useEndSession, useSessions } from '../api/use-account.ts';
import { Section } from './section.tsx';

/** Where one is signed in, each to be ended. */
export function SessionsSection() {
  const sessions = useSessions();
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const onError = (error: Error) => toast('error', errorText(error));
  const others = (sessions.data ?? []).some(({ isCurrent }) => !isCurrent);
  const action = others && (
    <Button isPending={endOthers.isPending} onPress={() => endOthers.mutate(undefined, { onError })}>
      {t('account.endOthers')}
    </Button>
  );
  return (
    <Section title={t('account.sessions')} anchor="sessions" action={action}>
      {sessions.isPending && <LoadingRows />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      <ul className="border-line border-t">
        {(sessions.data ?? []).map((session) => (
          <li key={session.id} className="flex min-h-14 items-center gap-3 border-line border-b py-2 text-table">
            <div className="flex min-w-0 flex-1 flex-col">
              <span className="truncate font-medium" title={session.client}>
                {session.client === '' ? t('account.unknownClient') : clientName(session.client)}
              </span>
              <span className="truncate text-caption text-muted">
                {session.address} · {t('account.lastUsed')} <Moment atMs={session.lastUsedAtMs} />
              </span>
            </div>
            {session.isCurrent ? (
              <span className="text-muted">{t('account.thisOne')}</span>
            ) : (
              <Button
                aria-label={t('account.endNamed', { address: session.address })}
                onPress={() => end.mutate(session.id, { onError })}
              >
                {t('account.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** `Firefox · Linux` of a User-Agent; its beginning where it is no browser's. */
function clientName(userAgent: string): string {
  const { program, system } = readUserAgent(userAgent);
  if (program === undefined) return userAgent;
  return system === undefined ? program : `${program} · ${system}`;
}
