import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
} from '@tanstack/react-router';
import * as z from 'zod';
import { HISTORY_RANGE_NAMES } from '../../src-server/contract/overview.ts';
import { ErrorState } from '../components/states.tsx';
import { activitySearchSchema } from '../features/activity/address.ts';
import { filesSearchSchema, searchPageSchema } from '../features/files/address.ts';
import { sharesSearchSchema } from '../features/shares/shares-search.ts';
import { transfersSearchSchema } from '../features/transfers/address.ts';

const searchSchema = z.object({
  next: z
    .string()
    // A path of this server: browsers read a backslash as a slash, and two of them as another host.
    .regex(/^\/(?![/\\])/)
    .optional()
    .catch(undefined),
});

/** Whose details are shown. */
const peopleSearchSchema = z.object({ who: z.string().optional().catch(undefined) });
const rangeSearchSchema = z.object({ range: z.enum(HISTORY_RANGE_NAMES).optional().catch(undefined) });
/** And the bucket and folder whose bytes are looked into. */
const storageSearchSchema = rangeSearchSchema.extend({
  in: z
    .string()
    .regex(/^[^/]+\/(?:.*\/)?$/s)
    .optional()
    .catch(undefined),
});

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: () => <Navigate to="/buckets" /> });
const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search) => searchSchema.parse(search),
  component: lazyRouteComponent(() => import('../pages/sign-in-page.tsx'), 'SignInPage'),
});
const claim = createRoute({
  getParentRoute: () => rootRoute,
  path: '/claim',
  component: lazyRouteComponent(() => import('../pages/claim-page.tsx'), 'ClaimPage'),
});
const invite = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite',
  component: lazyRouteComponent(() => import('../pages/invite-page.tsx'), 'InvitePage'),
});
const welcome = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../pages/welcome-page.tsx'), 'WelcomePage'),
});
const frame = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  component: lazyRouteComponent(() => import('./frame.tsx'), 'Frame'),
});
const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  validateSearch: (search) => rangeSearchSchema.parse(search),
  component: lazyRouteComponent(() => import('../pages/home-page.tsx'), 'HomePage'),
});
const storage = createRoute({
  getParentRoute: () => frame,
  path: '/storage',
  validateSearch: (search) => storageSearchSchema.parse(search),
  component: lazyRouteComponent(() => import('../pages/storage-page.tsx'), 'StoragePage'),
});
const activity = createRoute({
  getParentRoute: () => frame,
  path: '/activity',
  validateSearch: (search) => activitySearchSchema.parse(search),
  component: lazyRouteComponent(() => import('../pages/activity-page.tsx'), 'ActivityPage'),
});
// A page is a chunk of its own: the first visit loads what stands around it only.
const buckets = createRoute({
  getParentRoute: () => frame,
  path: '/buckets',
  component: lazyRouteComponent(() => import('../pages/buckets-page.tsx'), 'BucketsPage'),
});
const bucket = createRoute({
  getParentRoute: () => frame,
  path: '/buckets/$bucket',
  component: lazyRouteComponent(() => import('../pages/bucket-page.tsx'), 'BucketPage'),
});
const connect = createRoute({
  getParentRoute: () => frame,
  path: '/connect',
  validateSearch: (search) => z.object({ bucket: z.string().optional().catch(undefined) }).parse(search),
  component: lazyRouteComponent(() => import('../pages/connect-page.tsx'), 'ConnectPage'),
});
const files = createRoute({
  getParentRoute: () => frame,
  path: '/files/$bucket/$',
  validateSearch: (search) => filesSearchSchema.parse(search),
  component: lazyRouteComponent(() => import('../pages/files-page.tsx'), 'FilesPage'),
});
const transfers = createRoute({
  getParentRoute: () => frame,
  path: '/transfers',
  validateSearch: (search) => transfersSearchSchema.parse(search),
  component: lazyRouteComponent(() => import('../pages/transfers-page.tsx'), 'TransfersPage'),
});
const bin = createRoute({
  getParentRoute: () => frame,
  path: '/bin/$bucket',
  component: lazyRouteComponent(() => import('../pages/bin-page.tsx'), 'BinPage'),
});
const operations = createRoute({
  getParentRoute: () => frame,
  path: '/operations',
  component: lazyRouteComponent(() => import('../pages/operations-page.tsx'), 'OperationsPage'),
});

const searchPage = createRoute({
  getParentRoute: () => frame,
  path: '/search',
  validateSearch: (search) => searchPageSchema.parse(search),
  component: lazyRouteComponent(() => import('../pages/search-page.tsx'), 'SearchPage'),
});
const people = createRoute({
  getParentRoute: () => frame,
  path: '/people',
  validateSearch: (search) => peopleSearchSchema.parse(search),
  component: lazyRouteComponent(() => import('../pages/people-page.tsx'), 'PeoplePage'),
});
const keys = createRoute({
  getParentRoute: () => frame,
  path: '/people/keys',
  component: lazyRouteComponent(() => import('../pages/keys-page.tsx'), 'KeysPage'),
});
const groups = createRoute({
  getParentRoute: () => frame,
  path: '/people/groups',
  validateSearch: (search) => z.object({ group: z.string().optional().catch(undefined) }).parse(search),
  component: lazyRouteComponent(() => import('../pages/groups-page.tsx'), 'GroupsPage'),
});
const policies = createRoute({
  getParentRoute: () => frame,
  path: '/people/policies',
  validateSearch: (search) => z.object({ arn: z.string().optional().catch(undefined) }).parse(search),
  component: lazyRouteComponent(() => import('../pages/policies-page.tsx'), 'PoliciesPage'),
});
const roles = createRoute({
  getParentRoute: () => frame,
  path: '/people/roles',
  validateSearch: (search) => z.object({ role: z.string().optional().catch(undefined) }).parse(search),
  component: lazyRouteComponent(() => import('../pages/roles-page.tsx'), 'RolesPage'),
});
const tenants = createRoute({
  getParentRoute: () => frame,
  path: '/people/tenants',
  validateSearch: (search) => z.object({ tenant: z.string().optional().catch(undefined) }).parse(search),
  component: lazyRouteComponent(() => import('../pages/tenants-page.tsx'), 'TenantsPage'),
});
const simulator = createRoute({
  getParentRoute: () => frame,
  path: '/people/simulator',
  component: lazyRouteComponent(() => import('../pages/simulator-page.tsx'), 'SimulatorPage'),
});
const account = createRoute({
  getParentRoute: () => frame,
  path: '/account',
  component: lazyRouteComponent(() => import('../pages/account-page.tsx'), 'AccountPage'),
});
const shares = createRoute({
  getParentRoute: () => frame,
  path: '/shares',
  validateSearch: (search) => sharesSearchSchema.parse(search),
  component: lazyRouteComponent(() => import('../pages/shares-page.tsx'), 'SharesPage'),
});

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => import('../pages/settings-page.tsx'), 'SettingsPage'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    signIn,
    claim,
    invite,
    welcome,
    frame.addChildren([
      home,
      buckets,
      bucket,
      connect,
      files,
      shares,
      transfers,
      searchPage,
      people,
      keys,
      groups,
      policies,
      roles,
      simulator,
      tenants,
      account,
      storage,
      bin,
      operations,
      activity,
      settings,
    ]),
  ]),
  defaultPreload: 'intent',
  // Also where a part of the app is no longer on the server: it was updated since this page came from it.
  defaultErrorComponent: ({ error }) => <ErrorState error={error} onRetry={() => location.reload()} />,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
