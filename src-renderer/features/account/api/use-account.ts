import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  deleteOtherSessions,
  getAccount,
  patchAccount,
  postPassword,
  postRecoveryCodes,
  postSecondFactor,
  postSecondFactorConfirm,
  postSecondFactorOff,
  type updateAccountSchema,
} from '../../../../src-server/contract/account.ts';
import { deleteSessionById, getSessions } from '../../../../src-server/contract/sessions.ts';
import { call } from '../../../lib/api.ts';

const ACCOUNT = ['account'] as const;
const SESSIONS = ['sessions'] as const;

export function useAccount() {
  return useQuery({ queryKey: ACCOUNT, queryFn: ({ signal }) => call(getAccount, { signal }) });
}

export function useSessions() {
  return useQuery({
    queryKey: SESSIONS,
    queryFn: async ({ signal }) => (await call(getSessions, { signal })).sessions,
  });
}

export function useChangeAccount() {
  return useAccountMutation((body: z.input<typeof updateAccountSchema>) => call(patchAccount, { body }));
}

export function useChangePassword() {
  return useAccountMutation((body: { readonly oldPassword: string; readonly newPassword: string }) =>
    call(postPassword, { body }),
  );
}

export function useEndSession() {
  return useAccountMutation((id: string) => call(deleteSessionById, { params: { id } }));
}

export function useEndOtherSessions() {
  return useAccountMutation((_: undefined) => call(deleteOtherSessions));
}

export interface PasswordAndCode {
  readonly password: string;
  readonly code: string;
}

/** Answers the secret for the app. */
export function useBeginSecondFactor() {
  return useMutation({ mutationFn: (password: string) => call(postSecondFactor, { body: { password } }), gcTime: 0 });
}

/** Answers the recovery codes. */
export function useConfirmSecondFactor() {
  return useAccountMutation((code: string) => call(postSecondFactorConfirm, { body: { code } }));
}

/** Answers the recovery codes. */
export function useRenewRecoveryCodes() {
  return useAccountMutation((body: PasswordAndCode) => call(postRecoveryCodes, { body }));
}

export function useEndSecondFactor() {
  return useAccountMutation((body: PasswordAndCode) => call(postSecondFactorOff, { body }));
}

function useAccountMutation<Given, Answer>(mutationFn: (given: Given) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn,
    // What it answers may be a secret.
    gcTime: 0,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ACCOUNT });
      await client.invalidateQueries({ queryKey: SESSIONS });
      await client.invalidateQueries({ queryKey: ['session'] });
    },
  });
}
