import { Outlet, useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { ErrorState, LoadingRows } from '../components/states.tsx';
import { AlertsSlot } from '../features/alerts/components/alerts-slot.tsx';
import { OperationToasts } from '../features/operations/components/operation-toasts.tsx';
import { PaletteSlot } from '../features/palette/components/palette-slot.tsx';
import { useSession } from '../features/session/api/use-session.ts';
import { PersonMenu } from '../features/session/components/person-menu.tsx';
import { useArrivals } from '../features/shares/hooks/use-arrivals.ts';
import { TransferCardSlot, TransferPillSlot } from '../features/transfers/components/transfer-slots.tsx';
import { useLiveEvents } from '../lib/live-events.ts';
import { rememberPlace } from '../lib/recent-places.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { Rail } from './rail.tsx';

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
      <Rail session={session.data} pathname={pathname} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <header className="flex h-11 shrink-0 items-center border-line border-b bg-surface pr-3 sm:pr-5">
          <Breadcrumb />
          <PaletteSlot role={role} />
          {(role === 'root' || role === 'admin') && <AlertsSlot />}
          <TransferPillSlot />
          <div className="sm:hidden">
            <PersonMenu session={session.data} isIcon />
          </div>
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
