import { Link, Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { Mark } from '../components/entry-page.tsx';
import { ErrorState, LoadingRows } from '../components/states.tsx';
import { AlertsSlot } from '../features/alerts/components/alerts-slot.tsx';
import { RailStatus } from '../features/appliance/components/rail-status.tsx';
import { OperationToasts } from '../features/operations/components/operation-toasts.tsx';
import { PaletteSlot } from '../features/palette/components/palette-slot.tsx';
import { useSession } from '../features/session/api/use-session.ts';
import { PersonMenu } from '../features/session/components/person-menu.tsx';
import { useArrivals } from '../features/shares/hooks/use-arrivals.ts';
import { TransferCardSlot, TransferPillSlot } from '../features/transfers/components/transfer-slots.tsx';
import { t } from '../lib/i18n.ts';
import { useLiveEvents } from '../lib/live-events.ts';
import { rememberPlace } from '../lib/recent-places.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { NAV, type NavEntry } from './nav.ts';

/** Most installs have nothing to say here: not part of what the first visit loads. */
const SetupBanner = lazy(async () => ({
  default: (await import('../features/setup/components/setup-banner.tsx')).SetupBanner,
}));

/** What stands around every page of somebody who is signed in. */
export function Frame() {
  const session = useSession();
  const { pathname } = useLocation();
  useLiveEvents(session.data != null);
  useEffect(() => rememberPlace(pathname), [pathname]);
  useArrivals();
  if (session.isPending) return <LoadingRows />;
  // Only where nobody is known to be signed in: a broken connection takes no page from under who works on it.
  if (session.data === undefined) {
    return (
      <main>
        <ErrorState error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data === null) return <ToSignIn />;
  const { role } = session.data;
  return (
    <div className="flex h-full flex-col-reverse sm:flex-row">
      <nav
        aria-label={t('frame.navigation')}
        className="flex shrink-0 items-center gap-1 overflow-x-auto border-line border-t bg-surface px-2 py-1 sm:w-14 sm:overflow-visible sm:flex-col sm:items-stretch sm:border-t-0 sm:border-r sm:py-3 lg:w-54"
      >
        <p className="hidden h-9 items-center gap-2 px-2.5 font-semibold sm:flex">
          <Mark /> <span className="hidden lg:inline">Stowage</span>
        </p>
        {NAV.filter(({ roles }) => roles?.includes(role) ?? true).map((entry) => (
          <RailLink key={entry.to} entry={entry} isCurrent={entry.within.test(pathname)} />
        ))}
        <div className="sm:mt-auto">
          <RailStatus />
          <PersonMenu session={session.data} />
        </div>
      </nav>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <header className="flex h-11 shrink-0 items-center border-line border-b bg-surface pr-3 sm:pr-5">
          <Breadcrumb />
          <PaletteSlot role={role} />
          {(role === 'root' || role === 'admin') && <AlertsSlot />}
          <TransferPillSlot />
        </header>
        {(role === 'root' || role === 'admin') && (
          <Suspense fallback={null}>
            <SetupBanner />
          </Suspense>
        )}
        <main className="flex min-h-0 flex-1 flex-col overflow-y-auto">
          <Outlet />
        </main>
        <OperationToasts userName={session.data.userName} />
        <TransferCardSlot userName={session.data.userName} />
      </div>
    </div>
  );
}

function RailLink({ entry: { to, label, icon: Icon }, isCurrent }: { entry: NavEntry; isCurrent: boolean }) {
  return (
    <Link
      to={to}
      className={`flex h-11 min-w-16 flex-1 shrink-0 flex-col items-center justify-center rounded-control px-1.5 text-caption sm:h-9 sm:px-2.5 sm:flex-none sm:flex-row sm:justify-start sm:gap-2 sm:text-body ${isCurrent ? 'bg-accent-soft font-medium' : 'hover:bg-sunken'}`}
    >
      <Icon size={18} aria-hidden="true" className="shrink-0" />
      <span className="max-w-full truncate sm:sr-only lg:not-sr-only">{t(label)}</span>
    </Link>
  );
}

/** Goes there once, with the address to come back to. */
function ToSignIn() {
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    const { pathname, href } = router.history.location;
    const next = pathname === '/' || pathname === '/sign-in' ? {} : { next: href };
    void navigate({ to: '/sign-in', search: next, replace: true });
  }, [navigate, router]);
  return <LoadingRows />;
}
