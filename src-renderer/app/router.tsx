import { createRootRoute, createRoute, createRouter, Navigate, Outlet, redirect } from '@tanstack/react-router';
import * as z from 'zod';
import { BucketsPage } from '../pages/buckets-page.tsx';
import { ClaimPage } from '../pages/claim-page.tsx';
import { FilesPage } from '../pages/files-page.tsx';
import { SignInPage } from '../pages/sign-in-page.tsx';
import { Frame } from './frame.tsx';

const searchSchema = z.object({ next: z.string().startsWith('/').optional().catch(undefined) });

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: () => <Navigate to="/buckets" /> });
const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search) => searchSchema.parse(search),
  component: SignInPage,
});
const claim = createRoute({ getParentRoute: () => rootRoute, path: '/claim', component: ClaimPage });
const frame = createRoute({ getParentRoute: () => rootRoute, id: 'frame', component: Frame });
const home = createRoute({
  getParentRoute: () => frame,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/buckets' });
  },
});
const buckets = createRoute({ getParentRoute: () => frame, path: '/buckets', component: BucketsPage });
const files = createRoute({ getParentRoute: () => frame, path: '/files/$bucket/$', component: FilesPage });

export const router = createRouter({
  routeTree: rootRoute.addChildren([signIn, claim, frame.addChildren([home, buckets, files])]),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
