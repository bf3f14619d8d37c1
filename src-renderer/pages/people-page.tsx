import { useNavigate, useSearch } from '@tanstack/react-router';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { ErrorState, LoadingRows } from '../components/states.tsx';
import { HolderPoliciesSections } from '../features/iam/components/holder-policies.tsx';
import { CreateKeyDialog } from '../features/keys/components/create-key-dialog.tsx';
import { KeyList } from '../features/keys/components/key-list.tsx';
import { usePeople } from '../features/people/api/use-people.ts';
import { AddPersonDialog } from '../features/people/components/add-person-dialog.tsx';
import { PeopleTable } from '../features/people/components/people-table.tsx';
import { PeopleTabs } from '../features/people/components/people-tabs.tsx';
import { PersonPanel } from '../features/people/components/person-panel.tsx';
import { t } from '../lib/i18n.ts';

/** Everybody whom this admin manages: the list left, one of them right. */
export function PeoplePage() {
  const { who } = useSearch({ from: '/frame/people' });
  const navigate = useNavigate();
  const people = usePeople();
  const [isAdding, setAdding] = useState(false);
  const choose = (name: string | undefined) =>
    void navigate({ to: '/people', search: name === undefined ? {} : { who: name } });
  const heirs = (people.data?.people ?? [])
    .filter(({ name, role, state }) => name !== who && role !== 'readonly' && role !== 'none' && state !== 'disabled')
    .map(({ name }) => name);
  return (
    <div className="flex min-h-0 flex-1">
      <div className={`min-w-0 flex-1 flex-col overflow-y-auto ${who === undefined ? 'flex' : 'hidden lg:flex'}`}>
        <PageHead title={t('people.title')}>
          <Button look="primary" onPress={() => setAdding(true)}>
            <UserPlus size={16} aria-hidden="true" /> {t('people.invite')}
          </Button>
        </PageHead>
        <PeopleTabs />
        {people.isPending && <LoadingRows />}
        {people.isError && <ErrorState error={people.error} onRetry={() => void people.refetch()} />}
        {people.data !== undefined && <PeopleTable people={people.data.people} chosen={who} onChoose={choose} />}
        <AddPersonDialog isOpen={isAdding} onClose={() => setAdding(false)} tenants={people.data?.tenants ?? []} />
      </div>
      {/* On phones the panel stands in the list's place, with its heading. */}
      {who !== undefined && <h1 className="sr-only lg:hidden">{t('people.title')}</h1>}
      {who !== undefined && (
        <PersonPanel key={who} name={who} heirs={heirs} onClose={() => choose(undefined)}>
          {({ keys }) => (
            <>
              <HolderPoliciesSections holder={{ kind: 'user', name: who }} />
              <PersonKeys name={who} keys={keys} />
            </>
          )}
        </PersonPanel>
      )}
    </div>
  );
}

function PersonKeys({ name, keys }: { readonly name: string; readonly keys: Parameters<typeof KeyList>[0]['keys'] }) {
  const [isCreating, setCreating] = useState(false);
  return (
    <section aria-label={t('people.keys')} className="border-line border-t">
      <div className="flex items-center justify-between py-2 pr-3 pl-4">
        <h3 className="text-caption text-muted">{t('people.keys')}</h3>
        <Button look="link" small onPress={() => setCreating(true)}>
          {t('keys.create')}
        </Button>
      </div>
      {keys.length > 0 && <KeyList keys={keys} isNarrow />}
      <CreateKeyDialog isOpen={isCreating} onClose={() => setCreating(false)} userName={name} />
    </section>
  );
}
