import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Share } from '../../src-server/contract/shares.ts';
import { Button } from '../components/button.tsx';
import { ButtonLink } from '../components/button-link.tsx';
import { ChoiceGroup } from '../components/choice-group.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { TextField } from '../components/text-field.tsx';
import { useSession } from '../features/session/api/use-session.ts';
import { useShareFacts, useShares } from '../features/shares/api/use-shares.ts';
import { HereOnly } from '../features/shares/components/here-only.tsx';
import { ShareDetails } from '../features/shares/components/share-details.tsx';
import { ShareSettingsDialog } from '../features/shares/components/share-settings-dialog.tsx';
import { ShareTable } from '../features/shares/components/share-table.tsx';
import { nameOfShare } from '../features/shares/share-terms.ts';
import type { SharesSearch } from '../features/shares/shares-search.ts';
import { t } from '../lib/i18n.ts';

/** All links: one's own, for admins everybody's. */
export function SharesPage() {
  const search = useSearch({ from: '/frame/shares' });
  const navigate = useNavigate({ from: '/shares' });
  const show = (changes: Partial<SharesSearch>) => void navigate({ search: { ...search, ...changes }, replace: true });
  const list = useShares();
  const facts = useShareFacts();
  const role = useSession().data?.role;
  const [isSetting, setSetting] = useState(false);
  const shares = list.data?.pages.flatMap((page) => page.shares) ?? [];
  const shown = shares.filter((share) => matches(share, search));
  const hasPanel = search.item !== undefined;
  return (
    <div className="flex min-h-0 flex-1">
      {/* On phones the details take the place of the list and its title. */}
      {hasPanel && <h1 className="sr-only md:hidden">{t('shares.pageTitle')}</h1>}
      <div className={`min-h-0 min-w-0 flex-1 flex-col overflow-y-auto ${hasPanel ? 'hidden md:flex' : 'flex'}`}>
        <PageHead title={t('shares.pageTitle')}>
          {facts.data?.mayChange === true && <Button onPress={() => setSetting(true)}>{t('shares.settings')}</Button>}
        </PageHead>
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && shares.length === 0 && (
          <EmptyState title={t('shares.emptyTitle')} text={t('shares.emptyText')}>
            <ButtonLink to="/buckets" look="primary">
              {t('shares.toFiles')}
            </ButtonLink>
          </EmptyState>
        )}
        {shares.length > 0 && (
          <>
            <div className="flex flex-col gap-3 px-4 pb-4 sm:px-6">
              <HereOnly facts={facts.data} />
              <Filter search={search} onChange={show} />
            </div>
            <ShareTable
              shares={shown}
              shown={search.item}
              showsMakers={role === 'root' || role === 'admin'}
              onShow={(item) => show({ item })}
            />
            {shown.length === 0 && <p className="px-4 py-6 text-muted sm:px-6">{t('shares.noMatch')}</p>}
            {list.hasNextPage && (
              <div className="px-4 py-4 sm:px-6">
                <Button onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
                  {t('shares.more')}
                </Button>
              </div>
            )}
          </>
        )}
        <ShareSettingsDialog facts={isSetting ? facts.data : undefined} onClose={() => setSetting(false)} />
      </div>
      {search.item !== undefined && (
        <ShareDetails key={search.item} id={search.item} onClose={() => show({ item: undefined })} />
      )}
    </div>
  );
}

interface FilterProps {
  readonly search: SharesSearch;
  readonly onChange: (changes: Partial<SharesSearch>) => void;
}

function Filter({ search, onChange }: FilterProps) {
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="w-full max-w-80">
        <TextField
          label={t('shares.filter')}
          type="search"
          value={search.q ?? ''}
          onChange={(q) => onChange({ q: q === '' ? undefined : q })}
        />
      </div>
      <ChoiceGroup
        label={t('shares.state')}
        inRow
        value={search.show ?? 'all'}
        onChange={(chosen) => onChange({ show: chosen === 'all' ? undefined : chosen })}
        choices={[
          { value: 'all', label: t('shares.showAll') },
          { value: 'active', label: t('shares.showActive') },
          { value: 'ended', label: t('shares.showEnded') },
        ]}
      />
    </div>
  );
}

function matches(share: Share, { q, show }: SharesSearch): boolean {
  if (show !== undefined && (show === 'active') !== (share.state === 'active')) return false;
  if (q === undefined) return true;
  const text = [nameOfShare(share), share.label, share.note, share.bucket, share.maker ?? '', ...share.items].join(
    '\n',
  );
  return text.toLowerCase().includes(q.toLowerCase());
}
