import {
  Activity,
  Archive,
  ArrowUpDown,
  Cable,
  HardDrive,
  House,
  Link2,
  type LucideIcon,
  Settings,
  Users,
} from 'lucide-react';
import type { Role } from '../../src-server/contract/sessions.ts';
import type { TextKey } from '../lib/i18n.ts';

export interface NavEntry {
  readonly to:
    | '/buckets'
    | '/connect'
    | '/shares'
    | '/transfers'
    | '/people'
    | '/'
    | '/storage'
    | '/activity'
    | '/settings';
  readonly label: TextKey;
  readonly icon: LucideIcon;
  /** Of the address: the entry is marked where it matches. */
  readonly within: RegExp;
  /** Absent = everybody. */
  readonly roles?: readonly Role[];
}

const OPERATORS: readonly Role[] = ['root', 'admin'];

/** The rail, top to bottom (on phones the bar, left to right). A page is here as soon as it has its data. */
export const NAV: readonly NavEntry[] = [
  { to: '/', label: 'home.title', icon: House, within: /^\/$/ },
  { to: '/buckets', label: 'buckets.title', icon: Archive, within: /^\/(buckets|files|bin|operations)(\/|$)/ },
  { to: '/shares', label: 'shares.pageTitle', icon: Link2, within: /^\/shares(\/|$)/ },
  { to: '/transfers', label: 'transfers.title', icon: ArrowUpDown, within: /^\/transfers(\/|$)/ },
  { to: '/connect', label: 'connect.title', icon: Cable, within: /^\/connect(\/|$)/ },
  { to: '/storage', label: 'storage.title', icon: HardDrive, within: /^\/storage(\/|$)/, roles: OPERATORS },
  { to: '/people', label: 'people.title', icon: Users, within: /^\/people(\/|$)/, roles: OPERATORS },
  { to: '/activity', label: 'activity.title', icon: Activity, within: /^\/activity(\/|$)/, roles: OPERATORS },
  { to: '/settings', label: 'settings.title', icon: Settings, within: /^\/settings(\/|$)/, roles: OPERATORS },
];
