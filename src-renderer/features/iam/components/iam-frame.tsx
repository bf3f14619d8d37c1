import type { ReactNode } from 'react';
import { PageHead } from '../../../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { PeopleTabs } from '../../people/components/people-tabs.tsx';

interface IamFrameProps {
  /** The one thing to do. */
  readonly action: ReactNode;
  readonly query: { readonly isPending: boolean; readonly error: unknown; readonly refetch: () => unknown };
  readonly isEmpty: boolean;
  readonly empty: { readonly title: string; readonly text: string };
  readonly list: ReactNode;
  /** False: nothing is chosen. */
  readonly panel: ReactNode;
  /** Dialogs. */
  readonly children?: ReactNode;
}

/** A page of "People & keys": tabs, the list left, what is chosen right; on phones one of the two. */
export function IamFrame({ action, query, isEmpty, empty, list, panel, children }: IamFrameProps) {
  const isChosen = panel !== false;
  return (
    <div className="flex min-h-0 flex-1">
      <div className={`min-w-0 flex-1 flex-col overflow-y-auto ${isChosen ? 'hidden lg:flex' : 'flex'}`}>
        <PageHead title={t('people.title')}>{!isEmpty && query.error === null && action}</PageHead>
        <PeopleTabs />
        {query.isPending && <LoadingRows />}
        {query.error !== null && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {isEmpty && (
          <EmptyState title={empty.title} text={empty.text}>
            {action}
          </EmptyState>
        )}
        {!query.isPending && query.error === null && !isEmpty && list}
      </div>
      {/* On phones the panel stands in the list's place, with its heading. */}
      {isChosen && <h1 className="sr-only lg:hidden">{t('people.title')}</h1>}
      {panel}
      {children}
    </div>
  );
}
