import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { ErrorState, LoadingRows } from '../components/states.tsx';
import { useAccount } from '../features/account/api/use-account.ts';
import { DisplaySection } from '../features/account/components/display-section.tsx';
import { PasswordSection } from '../features/account/components/password-section.tsx';
import { ProfileSection } from '../features/account/components/profile-section.tsx';
import { SecondFactorSection } from '../features/account/components/second-factor-section.tsx';
import { Section } from '../features/account/components/section.tsx';
import { SessionsSection } from '../features/account/components/sessions-section.tsx';
import { useKeys } from '../features/keys/api/use-keys.ts';
import { CreateKeyDialog } from '../features/keys/components/create-key-dialog.tsx';
import { KeyList } from '../features/keys/components/key-list.tsx';
import { useAnchor } from '../lib/anchor.ts';
import { t } from '../lib/i18n.ts';

/** What is one's own: name, password, second factor, sessions, keys. */
export function AccountPage() {
  const account = useAccount();
  useAnchor(account.data !== undefined);
  return (
    <>
      <PageHead title={t('account.title')}>
        <span className="truncate font-mono text-muted">{account.data?.userName}</span>
      </PageHead>
      {account.isPending && <LoadingRows />}
      {account.isError && <ErrorState error={account.error} onRetry={() => void account.refetch()} />}
      {account.data !== undefined && (
        <>
          <ProfileSection account={account.data} />
          <DisplaySection />
          <OwnKeys />
          <PasswordSection />
          <SecondFactorSection account={account.data} />
          <SessionsSection />
        </>
      )}
    </>
  );
}

function OwnKeys() {
  const keys = useKeys('own');
  const [isCreating, setCreating] = useState(false);
  const action = (
    <Button onPress={() => setCreating(true)}>
      <Plus size={16} aria-hidden="true" /> {t('keys.create')}
    </Button>
  );
  return (
    <Section title={t('keys.title')} anchor="keys" action={action}>
      {keys.isPending && <LoadingRows />}
      {keys.isError && <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />}
      {keys.data?.length === 0 && <p className="text-muted">{t('keys.emptyText')}</p>}
      {keys.data !== undefined && keys.data.length > 0 && (
        <div className="-mx-4 sm:-mx-6">
          <KeyList keys={keys.data} />
        </div>
      )}
      <CreateKeyDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </Section>
  );
}
