import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  getSettingChanges,
  getSettings,
  patchSettings,
  type Setting,
  type SettingValue,
} from '../../../../src-server/contract/settings.ts';
import { call } from '../../../lib/api.ts';

const KEY = ['settings'] as const;
const LIST_KEY = [...KEY, 'list'] as const;

export type SettingsByName = ReadonlyMap<string, Setting>;

/** Every setting of the install, by name. */
export function useSettings() {
  return useQuery({
    queryKey: LIST_KEY,
    queryFn: async ({ signal }) => (await call(getSettings, { signal })).settings,
    select: byName,
  });
}

function byName(settings: readonly Setting[]): SettingsByName {
  return new Map(settings.map((setting) => [setting.name, setting]));
}

/** Stores settings, all or none; null goes back to the default. */
export function useChangeSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: Readonly<Record<string, SettingValue>>) => call(patchSettings, { body: { changes } }),
    onSuccess: ({ settings }) => {
      client.setQueryData(LIST_KEY, settings);
      return client.invalidateQueries({ queryKey: [...KEY, 'changes'] });
    },
  });
}

/** What was changed, newest first, page by page. */
export function useSettingChanges() {
  return useInfiniteQuery({
    queryKey: [...KEY, 'changes'],
    queryFn: ({ pageParam, signal }) => call(getSettingChanges, { query: { limit: '10', cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
