import { Link, useLocation, useParams } from '@tanstack/react-router';
import { prefixOf, splatOf } from '../lib/file-address.ts';
import { t } from '../lib/i18n.ts';
import { NAV } from './nav.ts';

const LINK = 'truncate rounded-control px-1 text-muted hover:text-text hover:underline aria-[current=page]:text-text';

/** Reached by menus and links, not by the rail. */
const OFF_RAIL = [
  { to: '/account', label: 'account.title' },
  { to: '/operations', label: 'operations.title' },
  { to: '/search', label: 'files.searchTitle' },
] as const;
/** Where what has no place of its own belongs. */
const BUCKETS = { to: '/buckets', label: 'buckets.title' } as const;

/** The address, each part a link: buckets / bucket / folder / … */
export function Breadcrumb() {
  const { pathname } = useLocation();
  const root = NAV.find(({ within }) => within.test(pathname)) ?? OFF_RAIL.find(({ to }) => to === pathname) ?? BUCKETS;
  const { bucket, _splat = '' } = useParams({ strict: false });
  const folders = _splat === '' ? [] : prefixOf(_splat).slice(0, -1).split('/');
  return (
    <nav
      aria-label={t('frame.where')}
      className="flex h-11 min-w-0 flex-1 items-center gap-1 overflow-x-auto px-3 text-body sm:px-5"
    >
      <Link to={root.to} activeOptions={{ exact: true }} className={LINK}>
        {t(root.label)}
      </Link>
      {bucket !== undefined && <Part label={bucket} bucket={bucket} folder="" isLast={folders.length === 0} />}
      {bucket !== undefined &&
        folders.map((name, index) => {
          const folder = `${folders.slice(0, index + 1).join('/')}/`;
          return (
            <Part key={folder} label={name} bucket={bucket} folder={folder} isLast={index === folders.length - 1} />
          );
        })}
    </nav>
  );
}

interface PartProps {
  readonly label: string;
  readonly bucket: string;
  readonly folder: string;
  readonly isLast: boolean;
}

function Part({ label, bucket, folder, isLast }: PartProps) {
  return (
    <>
      <span aria-hidden="true" className="text-muted">
        /
      </span>
      <Link
        to="/files/$bucket/$"
        params={{ bucket, _splat: splatOf(folder) }}
        // Who looks at a time stays in it.
        search={({ at }) => (at === undefined ? {} : { at })}
        activeOptions={{ exact: true }}
        aria-current={isLast ? 'page' : undefined}
        className={`${LINK} max-w-60 shrink-0`}
      >
        {label}
      </Link>
    </>
  );
}
