import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PersonDetails } from '../../../../src-server/contract/people.ts';
import { Button } from '../../../components/button.tsx';
import { Fact, Facts } from '../../../components/facts.tsx';
import { Moment } from '../../../components/moment.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { usePerson } from '../api/use-people.ts';
import { roleText, roleWord } from '../words.ts';
import { PersonActions } from './person-actions.tsx';
import { PersonState } from './person-state.tsx';

interface PersonPanelProps {
  readonly name: string;
  readonly heirs: readonly string[];
  readonly onClose: () => void;
  /** What stands under the facts: the keys. */
  readonly children: (details: PersonDetails) => ReactNode;
}

/** The details of one person, beside the list; on phones in its place. */
export function PersonPanel({ name, heirs, onClose, children }: PersonPanelProps) {
  const person = usePerson(name);
  return (
    <aside
      aria-label={t('people.detailsNamed', { name })}
      className="flex w-full shrink-0 flex-col overflow-y-auto border-line bg-surface lg:w-90 lg:border-l"
    >
      <header className="flex items-start gap-2 px-4 pt-5 pb-3">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold text-section">{person.data?.person.displayName ?? name}</h2>
          <p className="truncate font-mono text-caption text-muted">{name}</p>
        </div>
        <Button look="quiet" square aria-label={t('common.close')} onPress={onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </header>
      {person.isPending && <LoadingRows />}
      {person.isError && <ErrorState error={person.error} onRetry={() => void person.refetch()} />}
      {person.data !== undefined && (
        <>
          <PersonFacts details={person.data} />
          {children(person.data)}
          <PersonActions person={person.data.person} heirs={heirs} onDeleted={onClose} />
        </>
      )}
    </aside>
  );
}

function PersonFacts({ details: { person, sessions, bucketNames } }: { readonly details: PersonDetails }) {
  return (
    <div className="px-4 pb-4">
      <Facts>
        <Fact name={t('people.role')}>
          {roleWord(person.role)}
          <span className="block text-muted">{roleText(person.role)}</span>
        </Fact>
        <Fact name={t('people.state')}>
          <PersonState state={person.state} />
          {person.linkExpiresAtMs !== null && (
            <span className="block text-muted">
              {t('people.linkUntil')} <Moment atMs={person.linkExpiresAtMs} />
            </span>
          )}
        </Fact>
        {person.email !== null && <Fact name={t('people.email')}>{person.email}</Fact>}
        {person.tenant !== null && <Fact name={t('people.tenant')}>{person.tenant}</Fact>}
        <Fact name={t('people.secondFactor')}>{person.hasSecondFactor ? t('people.on') : t('people.off')}</Fact>
        <Fact name={t('people.lastSeen')}>
          {person.lastSeenAtMs === null ? t('people.never') : <Moment atMs={person.lastSeenAtMs} />}
        </Fact>
        <Fact name={t('people.sessions')}>
          {sessions.length === 0 && t('people.none')}
          {sessions.map((session) => (
            <span key={`${session.createdAtMs} ${session.address}`} className="block" title={session.client}>
              {session.address} · <Moment atMs={session.lastUsedAtMs} />
            </span>
          ))}
        </Fact>
        <Fact name={t('people.owned')}>
          {bucketNames.length === 0 && t('people.none')}
          {bucketNames.map((bucket) => (
            <Link
              key={bucket}
              to="/files/$bucket/$"
              params={{ bucket, _splat: '' }}
              className="block truncate hover:text-accent hover:underline"
            >
              {bucket}
            </Link>
          ))}
        </Fact>
      </Facts>
    </div>
  );
}
