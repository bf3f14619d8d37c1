import type { ReactNode } from 'react';
import type { Person } from '../../../../src-server/contract/people.ts';
import { Moment } from '../../../components/moment.tsx';
import { t } from '../../../lib/i18n.ts';
import { roleWord } from '../words.ts';
import { PersonState } from './person-state.tsx';

interface PeopleTableProps {
  readonly people: readonly Person[];
  /** Whose details are shown. */
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
}

export function PeopleTable({ people, chosen, onChoose }: PeopleTableProps) {
  return (
    <table className="w-full border-line border-t text-table">
      <thead>
        <tr className="h-9 bg-sunken text-left text-caption text-muted">
          <Head>{t('people.name')}</Head>
          <Head>{t('people.role')}</Head>
          <Head>{t('people.state')}</Head>
          <Head wideOnly>{t('people.lastSeen')}</Head>
          <Head wideOnly right>
            {t('people.keys')}
          </Head>
          <Head wideOnly right>
            {t('people.buckets')}
          </Head>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <PersonRow key={person.name} person={person} isChosen={person.name === chosen} onChoose={onChoose} />
        ))}
      </tbody>
    </table>
  );
}

interface PersonRowProps extends Pick<PeopleTableProps, 'onChoose'> {
  readonly person: Person;
  readonly isChosen: boolean;
}

function PersonRow({ person, isChosen, onChoose }: PersonRowProps) {
  return (
    <tr className={`h-9 border-line border-b ${isChosen ? 'bg-accent-soft' : 'hover:bg-sunken'}`}>
      <td className="max-w-0 py-1 pr-3 pl-4 sm:pl-6">
        <button
          type="button"
          aria-pressed={isChosen}
          onClick={() => onChoose(person.name)}
          className="flex w-full min-w-0 cursor-default items-baseline gap-2 rounded-control text-left hover:text-accent"
        >
          <span className="truncate font-medium">{person.displayName ?? person.name}</span>
          <span className="hidden truncate text-caption text-muted sm:inline">
            {person.displayName !== null && person.name}
            {person.tenant !== null && ` · ${person.tenant}`}
            {person.isYou && ` · ${t('people.you')}`}
          </span>
        </button>
      </td>
      <td className="w-26 px-3 text-muted sm:w-32">{roleWord(person.role)}</td>
      <td className="w-28 px-3">
        <PersonState state={person.state} />
      </td>
      <td className="hidden w-32 px-3 text-muted lg:table-cell">
        {person.lastSeenAtMs === null ? t('people.never') : <Moment atMs={person.lastSeenAtMs} />}
      </td>
      <td className="hidden w-20 px-3 text-right lg:table-cell">{person.keys}</td>
      <td className="hidden w-20 px-3 pr-6 text-right lg:table-cell">{person.buckets}</td>
    </tr>
  );
}

function Head(props: { readonly children: ReactNode; readonly right?: boolean; readonly wideOnly?: boolean }) {
  return (
    <th
      scope="col"
      className={`px-3 font-medium first:pl-4 sm:first:pl-6 ${props.right ? 'text-right last:pr-6' : ''} ${props.wideOnly ? 'hidden lg:table-cell' : ''}`}
    >
      {props.children}
    </th>
  );
}
