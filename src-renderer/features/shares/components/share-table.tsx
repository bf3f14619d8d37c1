import { Copy, File, Files, Folder, Inbox, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Share } from '../../../../src-server/contract/shares.ts';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import { useShareFacts } from '../api/use-shares.ts';
import { linkOf } from '../share-link.ts';
import { dayOf, nameOfShare, when } from '../share-terms.ts';
import { copyLink } from './copy-link.ts';
import { ShareState } from './share-state.tsx';
import { ShareUsage } from './share-usage.tsx';

const ICONS: Readonly<Record<Share['kind'], LucideIcon>> = {
  file: File,
  folder: Folder,
  selection: Files,
  upload: Inbox,
};

interface ShareTableProps {
  readonly shares: readonly Share[];
  readonly shown: string | undefined;
  /** Everybody's links are in the list. */
  readonly showsMakers: boolean;
  readonly onShow: (id: string) => void;
}

/** Links, one a row; the name opens its details. */
export function ShareTable({ shares, shown, showsMakers, onShow }: ShareTableProps) {
  return (
    <table className="w-full border-line border-t text-table">
      <thead>
        <tr className="h-9 bg-sunken text-left text-caption text-muted">
          <Head>{t('shares.link')}</Head>
          <Head>{t('shares.state')}</Head>
          {showsMakers && <Head wideOnly>{t('shares.maker')}</Head>}
          <Head wideOnly>{t('shares.ends')}</Head>
          <Head wideOnly>{t('shares.use')}</Head>
          <td />
        </tr>
      </thead>
      <tbody>
        {shares.map((share) => (
          <ShareRow
            key={share.id}
            share={share}
            isShown={share.id === shown}
            showsMaker={showsMakers}
            onShow={() => onShow(share.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface ShareRowProps {
  readonly share: Share;
  readonly isShown: boolean;
  readonly showsMaker: boolean;
  readonly onShow: () => void;
}

function ShareRow({ share, isShown, showsMaker, onShow }: ShareRowProps) {
  const facts = useShareFacts();
  const name = nameOfShare(share);
  const Icon = ICONS[share.kind];
  return (
    <tr className={`h-11 border-line border-b ${isShown ? 'bg-accent-soft' : 'hover:bg-sunken'}`}>
      <td className="w-full max-w-0 pr-3 pl-4 sm:pl-6">
        <button
          type="button"
          onClick={onShow}
          title={share.items[0]}
          className="row-focus flex min-h-9 w-full min-w-0 cursor-default items-center gap-2 rounded-control text-left hover:text-accent"
        >
          <Icon size={16} aria-hidden="true" className="shrink-0 text-muted" />
          <span className="min-w-0 truncate font-medium">{name}</span>
          {share.label !== '' && <span className="min-w-0 shrink truncate text-muted">{share.label}</span>}
        </button>
      </td>
      <td className="px-3">
        <ShareState state={share.state} />
      </td>
      {showsMaker && <td className="hidden whitespace-nowrap px-3 md:table-cell">{share.maker ?? '—'}</td>}
      <td className="hidden whitespace-nowrap px-3 text-muted md:table-cell">
        {share.expiresAtMs === null ? (
          t('shares.never')
        ) : (
          <time dateTime={new Date(share.expiresAtMs).toISOString()} title={when(share.expiresAtMs)}>
            {dayOf(share.expiresAtMs)}
          </time>
        )}
      </td>
      <td className="hidden whitespace-nowrap px-3 text-muted md:table-cell">
        <ShareUsage share={share} />
      </td>
      <td className="w-9 pr-2 sm:pr-4">
        {share.path !== null && share.state === 'active' && (
          <Button
            look="quiet"
            square
            aria-label={t('shares.copyNamed', { name })}
            onPress={() => void copyLink(linkOf(share.path ?? '', facts.data))}
          >
            <Copy size={16} aria-hidden="true" />
          </Button>
        )}
      </td>
    </tr>
  );
}

function Head(props: { readonly children: ReactNode; readonly wideOnly?: boolean }) {
  return (
    <th
      scope="col"
      className={`whitespace-nowrap px-3 font-medium first:pl-4 sm:first:pl-6 ${props.wideOnly ? 'hidden md:table-cell' : ''}`}
    >
      {props.children}
    </th>
  );
}
