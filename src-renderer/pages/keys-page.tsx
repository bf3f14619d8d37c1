import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { useKeys } from '../features/keys/api/use-keys.ts';
import { CreateKeyDialog } from '../features/keys/components/create-key-dialog.tsx';
import { KeyList } from '../features/keys/components/key-list.tsx';
import { usePeople } from '../features/people/api/use-people.ts';
import { PeopleTabs } from '../features/people/components/people-tabs.tsx';
import { t } from '../lib/i18n.ts';

/** The access keys of everybody whom this admin manages. */
export function KeysPage() {
  const keys = useKeys('everybody');
  const people = usePeople().data?.people ?? [];
  const [isCreating, setCreating] = useState(false);
  // Oneself first: most keys are made for the one who makes them.
  const names = [...people].sort((a, b) => Number(b.isYou) - Number(a.isYou)).map(({ name }) => name);
  const create = (
    <Button look="primary" isDisabled={names.length === 0} onPress={() => setCreating(true)}>
      <Plus size={16} aria-hidden="true" /> {t('keys.create')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('people.title')}>{keys.data?.length !== 0 && create}</PageHead>
      <PeopleTabs />
      {keys.isPending && <LoadingRows />}
      {keys.isError && <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data?.length === 0 && (
        <EmptyState title={t('keys.emptyTitle')} text={t('keys.emptyText')}>
          {create}
        </EmptyState>
      )}
      {keys.data !== undefined && keys.data.length > 0 && <KeyList keys={keys.data} showsUser />}
      <CreateKeyDialog isOpen={isCreating} onClose={() => setCreating(false)} people={names} />
    </>
  );
}
