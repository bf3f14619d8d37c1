import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getKeys, postKey } from '../../../../src-server/contract/keys.ts';
import { call } from '../../../lib/api.ts';

/** The newest of one's own keys that works; null where there is none. */
export function useOwnKey() {
  return useQuery({
    queryKey: ['keys', 'own', 'newest'],
    queryFn: async ({ signal }) => {
      const { keys } = await call(getKeys, { query: { of: 'own' }, signal });
      return keys.find(({ state }) => state === 'active')?.accessKeyId ?? null;
    },
  });
}

/** Makes a key of one's own; its secret is in the answer only. */
export function useCreateOwnKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (label: string) => call(postKey, { body: { label } }),
    // It answers a secret.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  });
}
