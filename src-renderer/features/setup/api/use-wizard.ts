import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getOverview } from '../../../../src-server/contract/overview.ts';
import {
  getSetupWizard,
  postRecoveryKit,
  putSetupWizard,
  type WizardState,
} from '../../../../src-server/contract/setup-wizard.ts';
import { call } from '../../../lib/api.ts';
import { saveText } from '../../../lib/save-text.ts';

const KEY = ['setup', 'wizard'] as const;

/** How far the setup has come; null where there is nothing left to do. */
export function useWizard() {
  return useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await call(getSetupWizard, { signal })).state,
    staleTime: 60_000,
  });
}

/** Notes how far it has come, here and on the server. */
export function useMoveWizard() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (state: WizardState) => call(putSetupWizard, { body: { state } }),
    onSuccess: (_, state) => client.setQueryData(KEY, state),
  });
}

/** Ends the setup for good, goes elsewhere, and only then forgets it: its page would lead away from where it goes. */
export function useEndWizard(go: () => Promise<void>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await call(putSetupWizard, { body: { state: null } });
      await go();
    },
    onSuccess: () => client.setQueryData(KEY, null),
  });
}

/** Saves the recovery kit where the browser saves files. */
export function useSaveRecoveryKit() {
  return useMutation({
    mutationFn: () => call(postRecoveryKit),
    onSuccess: ({ fileName, text }) => saveText(fileName, text),
  });
}

/** The recovery kit for a sheet that is looked at and printed; nothing is kept of it afterwards. */
export function useReadRecoveryKit() {
  return useMutation({ gcTime: 0, mutationFn: () => call(postRecoveryKit) });
}

/** The disks, as the overview has them. */
export function useDisks() {
  return useQuery({
    queryKey: ['overview', 'disks'],
    queryFn: async ({ signal }) => (await call(getOverview, { signal })).disks,
  });
}
