import { useNavigate } from '@tanstack/react-router';
import { Archive, File, Keyboard, Languages, SunMoon } from 'lucide-react';
import type { Role } from '../../../../src-server/contract/sessions.ts';
import { NAV } from '../../../app/nav.ts';
import { splatOf } from '../../../lib/file-address.ts';
import { chooseLanguage, currentLanguage, t } from '../../../lib/i18n.ts';
import { chooseTheme, THEMES, useTheme } from '../../../lib/theme.ts';
import { useBuckets } from '../../buckets/api/use-buckets.ts';
import { useObjectSearch } from '../api/use-object-search.ts';
import type { PaletteEntry, PaletteGroup } from '../entries.ts';
import { best } from '../rank.ts';

const MOST = 6;

/** What answers `text`: pages, buckets, files, and what can be done; empty groups left out. */
export function usePaletteGroups(text: string, role: Role, openShortcuts: () => void): readonly PaletteGroup[] {
  const pages = usePages(role);
  const buckets = useBucketEntries();
  const files = useFileEntries(text);
  const actions = useActions(openShortcuts);
  const matching = (entries: readonly PaletteEntry[]) => best(text, entries, ({ title }) => title, MOST);
  const groups = [
    { title: t('palette.pages'), entries: matching(pages) },
    { title: t('buckets.title'), entries: text === '' ? [] : matching(buckets) },
    { title: t('palette.files'), entries: files },
    { title: t('palette.actions'), entries: matching(actions) },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

function usePages(role: Role): readonly PaletteEntry[] {
  const navigate = useNavigate();
  return NAV.filter(({ roles }) => roles?.includes(role) ?? true).map(({ to, label, icon }) => ({
    id: to,
    title: t(label),
    icon,
    run: () => void navigate({ to }),
  }));
}

function useBucketEntries(): readonly PaletteEntry[] {
  const navigate = useNavigate();
  const { data = [] } = useBuckets();
  return data.map(({ name }) => ({
    id: `bucket ${name}`,
    title: name,
    icon: Archive,
    run: () => void navigate({ to: '/files/$bucket/$', params: { bucket: name, _splat: '' } }),
  }));
}

function useFileEntries(text: string): readonly PaletteEntry[] {
  const navigate = useNavigate();
  return useObjectSearch(text).map(({ bucket, key }) => {
    const at = key.lastIndexOf('/') + 1;
    return {
      id: `file ${bucket} ${key}`,
      title: key.slice(at),
      hint: `${bucket}/${key.slice(0, at)}`,
      icon: File,
      run: () =>
        void navigate({
          to: '/files/$bucket/$',
          params: { bucket, _splat: splatOf(key.slice(0, at)) },
          search: { item: `file:${key}` },
        }),
    };
  });
}

function useActions(openShortcuts: () => void): readonly PaletteEntry[] {
  const theme = useTheme();
  const nextTheme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const nextLanguage = currentLanguage() === 'en' ? 'de' : 'en';
  return [
    { id: 'theme', title: t('palette.changeTheme'), icon: SunMoon, run: () => chooseTheme(nextTheme) },
    {
      id: 'language',
      title: nextLanguage === 'de' ? 'Deutsch' : 'English',
      icon: Languages,
      run: () => void chooseLanguage(nextLanguage),
    },
    { id: 'shortcuts', title: t('palette.sheet'), icon: Keyboard, run: openShortcuts },
  ];
}
