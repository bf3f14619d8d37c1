import { useNavigate } from '@tanstack/react-router';
import {
  Archive,
  Cable,
  File,
  FileJson,
  Folder,
  Keyboard,
  Languages,
  ListChecks,
  Settings,
  SunMoon,
  UserRound,
} from 'lucide-react';
import type { Role } from '../../../../src-server/contract/sessions.ts';
import { NAV } from '../../../app/nav.ts';
import { splatOf } from '../../../lib/file-address.ts';
import { chooseLanguage, currentLanguage, LANGUAGE_NAMES, t } from '../../../lib/i18n.ts';
import { recentPlaces } from '../../../lib/recent-places.ts';
import { chooseTheme, THEMES, useTheme } from '../../../lib/theme.ts';
import { useBuckets } from '../../buckets/api/use-buckets.ts';
import { SETTING_GROUPS } from '../../settings/catalogue.ts';
import { useObjectSearch } from '../api/use-object-search.ts';
import type { PaletteEntry, PaletteGroup } from '../entries.ts';
import { best } from '../rank.ts';

const MOST = 6;

/** Pages that the rail does not have. */
const MORE_PAGES = [
  { to: '/account', label: 'account.title', icon: UserRound },
  { to: '/operations', label: 'operations.title', icon: ListChecks },
] as const;

/** What answers `text`: pages, folders, buckets, files, settings, what can be done, help; empty groups left out. */
export function usePaletteGroups(text: string, role: Role, openShortcuts: () => void): readonly PaletteGroup[] {
  const pages = usePages(role);
  const recent = useRecentFolders();
  const buckets = useBucketEntries();
  const files = useFileEntries(text);
  const settings = useSettingEntries(role);
  const actions = useActions();
  const help = useHelp(openShortcuts);
  const isAsked = text !== '';
  const matching = (entries: readonly PaletteEntry[]) =>
    best(text, entries, ({ title, hint = '' }) => `${title} ${hint}`, MOST);
  const groups = [
    { title: t('palette.recent'), entries: matching(recent) },
    { title: t('palette.pages'), entries: matching(pages) },
    { title: t('buckets.title'), entries: isAsked ? matching(buckets) : [] },
    { title: t('palette.files'), entries: files },
    { title: t('palette.settings'), entries: isAsked ? matching(settings) : [] },
    { title: t('palette.actions'), entries: matching(actions) },
    { title: t('palette.help'), entries: matching(help) },
  ];
  return groups.filter(({ entries }) => entries.length > 0);
}

function usePages(role: Role): readonly PaletteEntry[] {
  const navigate = useNavigate();
  const rail = NAV.filter(({ roles }) => roles?.includes(role) ?? true);
  return [...rail, ...MORE_PAGES].map(({ to, label, icon }) => ({
    id: to,
    title: t(label),
    icon,
    run: () => void navigate({ to }),
  }));
}

/** Folders that were open in this browser, the last one first. */
function useRecentFolders(): readonly PaletteEntry[] {
  const navigate = useNavigate();
  return recentPlaces().map(({ href, label }) => ({
    id: `recent ${href}`,
    title: label,
    icon: Folder,
    run: () => void navigate({ to: href }),
  }));
}

/** Each opens the page at its line. What is of the install is for those who operate it. */
function useSettingEntries(role: Role): readonly PaletteEntry[] {
  const navigate = useNavigate();
  const account = [
    ['display', t('theme.title')],
    ['display', t('language.title')],
    ['display', t('account.density')],
    ['display', t('account.units')],
    ['password', t('account.password')],
    ['second-factor', t('account.secondFactor')],
    ['sessions', t('account.sessions')],
    ['keys', t('keys.title')],
  ] as const;
  const own = account.map(([hash, title]) => ({
    id: `account ${title}`,
    title,
    hint: t('account.title'),
    icon: UserRound,
    run: () => void navigate({ to: '/account', hash }),
  }));
  if (role !== 'root' && role !== 'admin') return own;
  const all = SETTING_GROUPS.flatMap((group) =>
    group.settings
      // Of tests: the page has it only where it is set.
      .filter(({ name }) => name !== 'lifecycleDay')
      .map(({ name, title }) => ({
        id: `setting ${name}`,
        title: title(),
        hint: `${t('settings.title')}: ${group.title()}`,
        icon: Settings,
        run: () => void navigate({ to: '/settings', hash: name }),
      })),
  );
  return [...all, ...own];
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

function useActions(): readonly PaletteEntry[] {
  const theme = useTheme();
  const nextTheme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const nextLanguage = currentLanguage() === 'en' ? 'de' : 'en';
  return [
    { id: 'theme', title: t('palette.changeTheme'), icon: SunMoon, run: () => chooseTheme(nextTheme) },
    {
      id: 'language',
      title: LANGUAGE_NAMES[nextLanguage],
      icon: Languages,
      run: () => void chooseLanguage(nextLanguage),
    },
  ];
}

function useHelp(openShortcuts: () => void): readonly PaletteEntry[] {
  const navigate = useNavigate();
  return [
    { id: 'shortcuts', title: t('palette.sheet'), icon: Keyboard, run: openShortcuts },
    { id: 'help connect', title: t('palette.connectHelp'), icon: Cable, run: () => void navigate({ to: '/connect' }) },
    {
      id: 'help api',
      title: t('palette.apiHelp'),
      icon: FileJson,
      run: () => void window.open('/api/v1/openapi.json', '_blank', 'noopener'),
    },
  ];
}
