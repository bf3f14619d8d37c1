import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { deleteSession, getSession, postSession, type Session } from '../../../../src-server/contract/sessions.ts';
import { getSetup, postSetup } from '../../../../src-server/contract/setup.ts';
import { ApiError, call, rememberCsrfToken } from '../../../lib/api.ts';

const KEY = ['session'] as const;

/** Who is signed in; null is nobody. */
export function useSession() {
  const client = useQueryClient();
  return useQuery({
    queryKey: KEY,
    queryFn: async (): Promise<Session | null> => {
      try {
        return remembered(client, await call(getSession));
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
}

/** Has the install its first admin? */
export function useIsClaimed() {
  return useQuery({ queryKey: ['setup'], queryFn: async () => (await call(getSetup)).isClaimed });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; password: string; code?: string }) => call(postSession, { body }),
    onSuccess: (session) => client.setQueryData(KEY, remembered(client, session)),
  });
}

/** Signs out; what was read for this user is forgotten. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(deleteSession),
    onSuccess: () => {
      client.setQueryData(KEY, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
    },
  });
}

/** Makes the first admin and signs in as that one. */
export function useClaim() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { token: string; name: string; password: string }) => {
      await call(postSetup, { body });
      return call(postSession, { body: { name: body.name, password: body.password } });
    },
    onSuccess: (session) => {
      client.setQueryData(['setup'], true);
      client.setQueryData(KEY, remembered(client, session));
    },
  });
}

/** Whose data this window has read. */
let readFor: string | undefined;

/** Notes whose session it is; what was read for somebody else is forgotten, also where that session just ended. */
function remembered(client: QueryClient, session: Session): Session {
  rememberCsrfToken(session.csrfToken);
  if (readFor !== undefined && readFor !== session.userName) {
    void client.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
  }
  readFor = session.userName;
  return session;
}
