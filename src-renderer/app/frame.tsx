import { Link, Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { Archive } from 'lucide-react';
import { useEffect } from 'react';
import { Mark } from '../components/entry-page.tsx';
import { ErrorState, LoadingRows } from '../components/states.tsx';
import { useSession } from '../features/session/api/use-session.ts';
import { PersonMenu } from '../features/session/components/person-menu.tsx';
import { UploadCard } from '../features/uploads/components/upload-card.tsx';
import { t } from '../lib/i18n.ts';
import { Breadcrumb } from './breadcrumb.tsx';

/** What stands around every page of somebody who is signed in. */
export function Frame() {
  const session = useSession();
  const isInBuckets = /^\/(buckets|files)(\/|$)/.test(useLocation().pathname);
  if (session.isPending) return <LoadingRows />;
  if (session.isError) {
    return (
      <main>
        <ErrorState error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data === null) return <ToSignIn />;
  return (
    <div className="flex h-full flex-col-reverse sm:flex-row">
      <nav
        aria-label={t('frame.navigation')}
        className="flex shrink-0 items-center gap-1 border-line border-t bg-surface px-2 py-1 sm:w-14 sm:flex-col sm:items-stretch sm:border-t-0 sm:border-r sm:py-3 lg:w-54"
      >
        <p className="hidden h-9 items-center gap-2 px-2.5 font-semibold sm:flex">
          <Mark /> <span className="hidden lg:inline">Stowage</span>
        </p>
        <Link
          to="/buckets"
          className={`flex h-11 flex-1 flex-col items-center justify-center rounded-control px-2.5 text-caption sm:h-9 sm:flex-none sm:flex-row sm:justify-start sm:gap-2 sm:text-body ${isInBuckets ? 'bg-accent-soft font-medium' : 'hover:bg-sunken'}`}
        >
          <Archive size={18} aria-hidden="true" className="shrink-0" />
          <span className="sm:sr-only lg:not-sr-only">{t('buckets.title')}</span>
        </Link>
        <div className="sm:mt-auto">
          <PersonMenu session={session.data} />
        </div>
      </nav>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Breadcrumb />
        <main className="flex min-h-0 flex-1 flex-col overflow-y-auto">
          <Outlet />
        </main>
        <UploadCard />
      </div>
    </div>
  );
}

/** Goes there once, with the address to come back to. */
function ToSignIn() {
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    const { pathname } = router.history.location;
    const next = pathname === '/' || pathname === '/sign-in' ? {} : { next: pathname };
    void navigate({ to: '/sign-in', search: next, replace: true });
  }, [navigate, router]);
  return <LoadingRows />;
}
