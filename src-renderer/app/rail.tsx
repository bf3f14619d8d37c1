import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { Button } from 'react-aria-components';
import type { Session } from '../../src-server/contract/sessions.ts';
import { Mark } from '../components/entry-page.tsx';
import { Menu, MenuItem } from '../components/menu.tsx';
import { RailStatus } from '../features/appliance/components/rail-status.tsx';
import { PersonMenu } from '../features/session/components/person-menu.tsx';
import { t } from '../lib/i18n.ts';
import { NAV, type NavEntry } from './nav.ts';

/** Of the bar of a phone: more would be too narrow for their words. */
const BAR_PLACES = 5;

/** The pages: a rail at the left; on phones a bar at the foot, whose last place opens what finds no room. */
export function Rail({ session, pathname }: { readonly session: Session; readonly pathname: string }) {
  const entries = NAV.filter(({ roles }) => roles?.includes(session.role) ?? true);
  const shown = entries.length > BAR_PLACES ? BAR_PLACES - 1 : BAR_PLACES;
  const rest = entries.slice(shown);
  return (
    <nav
      aria-label={t('frame.navigation')}
      className="flex shrink-0 items-center border-line border-t bg-surface px-1 py-1 sm:w-14 sm:px-2 sm:flex-col sm:items-stretch sm:gap-1 sm:overflow-y-auto sm:border-t-0 sm:border-r sm:py-3 lg:w-54"
    >
      <p className="hidden h-9 shrink-0 items-center gap-2 px-2.5 font-semibold sm:flex">
        <Mark /> <span className="hidden lg:inline">Stowage</span>
      </p>
      {entries.map((entry, index) => (
        <RailLink key={entry.to} entry={entry} isCurrent={entry.within.test(pathname)} isRailOnly={index >= shown} />
      ))}
      {rest.length > 0 && <More entries={rest} isCurrent={rest.some(({ within }) => within.test(pathname))} />}
      <div className="hidden sm:mt-auto sm:block">
        <RailStatus />
        <PersonMenu session={session} />
      </div>
    </nav>
  );
}

const PLACE =
  'h-11 min-w-0 flex-1 flex-col items-center justify-center rounded-control text-caption sm:h-9 sm:px-2.5 sm:flex-none sm:flex-row sm:justify-start sm:gap-2 sm:text-body';
const look = (isCurrent: boolean) => (isCurrent ? 'bg-accent-soft font-medium' : 'hover:bg-sunken');

interface RailLinkProps {
  readonly entry: NavEntry;
  readonly isCurrent: boolean;
  readonly isRailOnly: boolean;
}

function RailLink({ entry: { to, label, icon: Icon }, isCurrent, isRailOnly }: RailLinkProps) {
  const short = to === '/transfers' ? t('frame.transfersShort') : undefined;
  return (
    <Link to={to} title={t(label)} className={`${PLACE} ${look(isCurrent)} ${isRailOnly ? 'hidden sm:flex' : 'flex'}`}>
      <Icon size={18} aria-hidden="true" className="shrink-0" />
      {/* The one label that is a long word in some language. */}
      {short !== undefined && <span className="max-w-full truncate sm:hidden">{short}</span>}
      <span
        className={`max-w-full truncate sm:sr-only lg:not-sr-only ${short === undefined ? '' : 'hidden sm:inline'}`}
      >
        {t(label)}
      </span>
    </Link>
  );
}

/** The pages for which the bar has no place. */
function More({ entries, isCurrent }: { readonly entries: readonly NavEntry[]; readonly isCurrent: boolean }) {
  const navigate = useNavigate();
  const button = (
    <Button className={`${PLACE} flex cursor-default sm:hidden ${look(isCurrent)}`}>
      <Ellipsis size={18} aria-hidden="true" className="shrink-0" />
      <span className="max-w-full truncate">{t('frame.more')}</span>
    </Button>
  );
  return (
    <Menu button={button} label={t('frame.more')}>
      {entries.map(({ to, label, icon: Icon }) => (
        <MenuItem key={to} text={t(label)} onAction={() => void navigate({ to })}>
          <Icon size={16} aria-hidden="true" /> {t(label)}
        </MenuItem>
      ))}
    </Menu>
  );
}
