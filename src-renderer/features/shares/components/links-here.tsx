import { Link } from '@tanstack/react-router';
import { Copy, Link2 } from 'lucide-react';
import type { Share } from '../../../../src-server/contract/shares.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { useChangeShare, useShareFacts, useSharesOf } from '../api/use-shares.ts';
import { linkOf } from '../share-link.ts';
import { dayOf, nameOfShare } from '../share-terms.ts';
import { copyLink } from './copy-link.ts';
import { ShareState } from './share-state.tsx';
import { ShareUsage } from './share-usage.tsx';

interface LinksHereProps {
  readonly bucket: string;
  /** A key, or a folder with a `/` at the end. */
  readonly item: string;
  readonly onMake: () => void;
}

/** Who outside can open this file or folder: the links that lead to it, and one more. */
export function LinksHere({ bucket, item, onMake }: LinksHereProps) {
  const list = useSharesOf(bucket, item);
  if (list.isPending) return <LoadingRows />;
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  const { shares, nextCursor } = list.data;
  return (
    <div className="flex flex-col items-start gap-3">
      <Button onPress={onMake}>
        <Link2 size={16} aria-hidden="true" /> {t('shares.makeLink')}
      </Button>
      {shares.length === 0 ? (
        <p className="text-muted text-table">{t('shares.noneHere')}</p>
      ) : (
        <ul className="flex w-full flex-col text-table">
          {shares.map((share) => (
            <LinkLine key={share.id} share={share} item={item} />
          ))}
        </ul>
      )}
      {nextCursor !== null && (
        <Link to="/shares" className="text-accent text-table hover:underline">
          {t('shares.seeAll')}
        </Link>
      )}
    </div>
  );
}

function LinkLine({ share, item }: { readonly share: Share; readonly item: string }) {
  const facts = useShareFacts();
  const name = nameOfShare(share);
  const isAround = share.kind === 'folder' && !share.items.includes(item);
  return (
    <li className="flex flex-col gap-1 border-line border-t py-3">
      <div className="flex items-center justify-between gap-3">
        <Link to="/shares" search={{ item: share.id }} className="min-w-0 truncate font-medium hover:text-accent">
          {share.label === '' ? name : share.label}
        </Link>
        <ShareState state={share.state} />
      </div>
      <p className="text-muted">
        {share.kind === 'upload' && <>{t('shares.request')} · </>}
        {isAround && <>{t('shares.throughFolder', { name })} · </>}
        {!share.isOwn && <>{share.maker ?? t('shares.makerGone')} · </>}
        {share.expiresAtMs === null
          ? t('shares.sentenceForever')
          : t('shares.until', { day: dayOf(share.expiresAtMs) })}
      </p>
      <p className="text-muted">
        <ShareUsage share={share} />
      </p>
      {share.state === 'active' && (
        <div className="-ml-2 flex flex-wrap gap-1">
          {share.path !== null && (
            <Button look="quiet" small onPress={() => void copyLink(linkOf(share.path ?? '', facts.data))}>
              <Copy size={14} aria-hidden="true" /> {t('shares.copy')}
            </Button>
          )}
          <RevokeButton share={share} />
        </div>
      )}
    </li>
  );
}

/** Revokes at once, and offers to take that back. */
function RevokeButton({ share }: { readonly share: Share }) {
  const change = useChangeShare();
  const onError = (error: unknown) => toast('error', errorText(error));
  // By promise: a revoked link has no button any more when the answer is here, and what a mutation calls back goes with it.
  const allow = () => void change.mutateAsync({ id: share.id, isRevoked: false }).catch(onError);
  const offerBack = () => toast('note', t('shares.revoked'), { label: t('shares.allowAgain'), run: allow });
  const revoke = () => void change.mutateAsync({ id: share.id, isRevoked: true }).then(offerBack, onError);
  return (
    <Button look="quiet" small isPending={change.isPending} onPress={revoke}>
      {t('shares.revoke')}
    </Button>
  );
}
