import { useMutation, useQuery } from '@tanstack/react-query';
import { postPasswordLinkLook, postPasswordLinkUse } from '../../../../src-server/contract/password-links.ts';
import { call } from '../../../lib/api.ts';

/** For whom a link is. */
export function usePasswordLink(token: string) {
  return useQuery({
    queryKey: ['password-link'],
    queryFn: ({ signal }) => call(postPasswordLinkLook, { body: { token }, signal }),
    enabled: token !== '',
    gcTime: 0,
  });
}

export function useChoosePassword(token: string) {
  return useMutation({
    mutationFn: (password: string) => call(postPasswordLinkUse, { body: { token, password } }),
  });
}
