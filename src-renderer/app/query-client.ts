import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, mayPass } from '../lib/api.ts';

/** A session that ended anywhere ends everywhere: the guard of the frame then shows the sign-in page. */
function noticeSignOut(error: Error): void {
  if (!(error instanceof ApiError)) return;
  if (error.status === 401) queryClient.setQueryData(['session'], null);
  // In another window of this browser somebody signed in anew.
  if (error.code === 'RequestForged') void queryClient.invalidateQueries({ queryKey: ['session'] });
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignOut }),
  mutationCache: new MutationCache({ onError: noticeSignOut }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => mayPass(error) && count < 2,
    },
  },
});
