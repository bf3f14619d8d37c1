import { Link } from '@tanstack/react-router';
import { ButtonLink } from '../components/button-link.tsx';
import { Bytes } from '../components/moment.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { StatusWord } from '../components/status-word.tsx';
import { useStatus } from '../features/appliance/api/use-status.ts';
import { useBuckets } from '../features/buckets/api/use-buckets.ts';
import { useSession } from '../features/session/api/use-session.ts';
import { formatCount } from '../lib/format.ts';
import { t, useLanguage } from '../lib/i18n.ts';
import { recentPlaces } from '../lib/recent-places.ts';

/** The next action of who may create a bucket; the others are told whom to ask. */
function Nothing() {
  const role = useSession().data?.role;
  if (role === undefined || role === 'readonly' || role === 'none') {
    return <EmptyState title={t('home.noFilesTitle')} text={t('home.noFilesText')} />;
  }
  return (
    <EmptyState title={t('home.noFilesTitle')} text={t('buckets.emptyText')}>
      <ButtonLink to="/buckets" look="primary">
        {t('buckets.create')}
      </ButtonLink>
    </EmptyState>
  );
}

/** The first page of somebody who stores files here: where they were last, and what they may open. No disks. */
export function FilesHome() {
  const buckets = useBuckets();
  const status = useStatus();
  const language = useLanguage();
  const known = new Set(buckets.data?.map(({ name }) => name));
  const places = recentPlaces().filter(({ bucket }) => known.has(bucket));
  return (
    <>
      <PageHead title={t('home.title')}>
        <StatusWord status={status} />
      </PageHead>
      {buckets.isPending && <LoadingRows />}
      {buckets.isError && <ErrorState error={buckets.error} onRetry={() => void buckets.refetch()} />}
      {buckets.data?.length === 0 && <Nothing />}
      {buckets.data !== undefined && buckets.data.length > 0 && (
        <div className="flex flex-col gap-8 px-4 pb-10 sm:px-6">
          {places.length > 0 && (
            <section aria-labelledby="recent-title" className="flex flex-col gap-2">
              <h2 id="recent-title" className="font-semibold text-section">
                {t('home.recent')}
              </h2>
              <ul className="flex flex-col">
                {places.map(({ href, label }) => (
                  <li key={href} className="border-line border-t last:border-b">
                    <Link to={href} className="flex h-9 items-center truncate px-1 hover:bg-sunken">
                      {label}
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section aria-labelledby="places-title" className="flex flex-col gap-2">
            <h2 id="places-title" className="font-semibold text-section">
              {t('home.yourBuckets')}
            </h2>
            <ul className="flex flex-col">
              {buckets.data.map(({ name, objects, sizeBytes }) => (
                <li key={name} className="border-line border-t last:border-b">
                  <Link
                    to="/files/$bucket/$"
                    params={{ bucket: name, _splat: '' }}
                    className="flex h-9 items-center gap-4 px-1 hover:bg-sunken"
                  >
                    <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                    <span className="text-muted">
                      {t('home.objects', { count: objects, shown: formatCount(objects, language) })}
                    </span>
                    <span className="w-20 text-right">
                      <Bytes bytes={sizeBytes} />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
          <div>
            <ButtonLink to="/buckets">{t('home.allBuckets')}</ButtonLink>
          </div>
        </div>
      )}
    </>
  );
}
