import { Link } from '@tanstack/react-router';
import { Copy, X } from 'lucide-react';
import { useState } from 'react';
import type * as z from 'zod';
import type { Share, shareUseSchema } from '../../../../src-server/contract/shares.ts';
import { Button } from '../../../components/button.tsx';
import { Fact, Facts } from '../../../components/facts.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { QrCode } from '../../../components/qr-code.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { splatOf } from '../../../lib/file-address.ts';
import { t } from '../../../lib/i18n.ts';
import { useChangeShare, useRemoveShare, useShare, useShareFacts } from '../api/use-shares.ts';
import { linkOf } from '../share-link.ts';
import { clientName, nameOfShare, sentenceOf } from '../share-terms.ts';
import { copyLink } from './copy-link.ts';
import { EditShareDialog } from './edit-share-dialog.tsx';
import { ShareState } from './share-state.tsx';

type ShareUse = z.infer<typeof shareUseSchema>;

/** One link beside the list: what holds of it, who used it, and what can be done. */
export function ShareDetails({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const found = useShare(id);
  const share = found.data?.share;
  const name = share === undefined ? t('shares.link') : nameOfShare(share);
  return (
    <aside
      aria-label={t('shares.detailsOf', { name })}
      className="flex min-h-0 w-full shrink-0 flex-col overflow-y-auto border-line border-l bg-surface md:w-90"
    >
      <div className="flex items-start gap-2 py-2 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 break-words py-1.5 font-semibold text-section">{name}</h2>
        <Button look="quiet" square aria-label={t('files.closeDetails')} onPress={onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </div>
      {found.isPending && <LoadingRows />}
      {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data !== undefined && (
        <div className="flex flex-col gap-5 px-4 pb-6">
          <Actions share={found.data.share} onClose={onClose} />
          <Terms share={found.data.share} />
          <Uses uses={found.data.uses} />
        </div>
      )}
    </aside>
  );
}

function Terms({ share }: { readonly share: Share }) {
  const facts = useShareFacts();
  const isUpload = share.kind === 'upload';
  const link = share.path === null ? undefined : linkOf(share.path, facts.data);
  const [first = ''] = share.items;
  const folder = first.endsWith('/') || first === '' ? first : first.slice(0, first.lastIndexOf('/') + 1);
  return (
    <>
      {link !== undefined && share.state === 'active' && <QrCode text={link} label={t('shares.qr')} />}
      <p className="text-table">
        {sentenceOf(share, { name: nameOfShare(share), isUpload, hasPassword: share.hasPassword })}
      </p>
      <Facts>
        <Fact name={t('shares.state')}>
          <ShareState state={share.state} />
        </Fact>
        <Fact name={t('shares.place')}>
          <Link
            to="/files/$bucket/$"
            params={{ bucket: share.bucket, _splat: splatOf(folder) }}
            className="text-accent hover:underline"
          >
            {share.bucket}/{folder}
          </Link>
        </Fact>
        {share.label !== '' && <Fact name={t('shares.label')}>{share.label}</Fact>}
        {share.note !== '' && <Fact name={t('shares.note')}>{share.note}</Fact>}
        {!share.isOwn && <Fact name={t('shares.maker')}>{share.maker ?? t('shares.makerGone')}</Fact>}
        <Fact name={t('shares.made')}>
          <Moment atMs={share.createdAtMs} />
        </Fact>
        {isUpload && (
          <Fact name={t('shares.received')}>
            {t('shares.filesReceived', { count: share.receivedFiles })}, <Bytes bytes={share.receivedBytes} />
          </Fact>
        )}
      </Facts>
    </>
  );
}

function Actions({ share, onClose }: { readonly share: Share; readonly onClose: () => void }) {
  const [isEditing, setEditing] = useState(false);
  const facts = useShareFacts();
  const change = useChangeShare();
  const remove = useRemoveShare();
  const report = { onError: (error: unknown) => toast('error', errorText(error)) };
  const isRevoked = share.state === 'revoked';
  const setRevoked = (revoked: boolean) =>
    change.mutate(
      { id: share.id, isRevoked: revoked },
      { ...report, onSuccess: () => toast('note', revoked ? t('shares.revoked') : t('shares.allowedAgain')) },
    );
  return (
    <div className="flex flex-wrap gap-2">
      {share.path !== null && share.state === 'active' && (
        <Button look="primary" onPress={() => void copyLink(linkOf(share.path ?? '', facts.data))}>
          <Copy size={16} aria-hidden="true" /> {t('shares.copy')}
        </Button>
      )}
      <Button onPress={() => setEditing(true)}>{t('shares.edit')}</Button>
      {isRevoked ? (
        <Button onPress={() => setRevoked(false)} isPending={change.isPending}>
          {t('shares.allowAgain')}
        </Button>
      ) : (
        <Button onPress={() => setRevoked(true)} isPending={change.isPending}>
          {t('shares.revoke')}
        </Button>
      )}
      {share.state !== 'active' && (
        <Button
          look="quiet"
          isPending={remove.isPending}
          onPress={() => remove.mutate(share.id, { ...report, onSuccess: onClose })}
        >
          {t('shares.remove')}
        </Button>
      )}
      <EditShareDialog share={isEditing ? share : undefined} onClose={() => setEditing(false)} />
    </div>
  );
}

function Uses({ uses }: { readonly uses: readonly ShareUse[] }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium text-body">{t('shares.uses')}</h3>
      {uses.length === 0 && <p className="text-muted text-table">{t('shares.unused')}</p>}
      <ul className="flex flex-col text-table">
        {uses.map((use) => (
          <li key={`${use.atMs} ${use.kind} ${use.subject} ${use.address}`} className="border-line border-b py-2">
            <span className="flex justify-between gap-3">
              <span className="min-w-0 break-words">
                {wordOf(use.kind)}
                {use.subject !== '' && <> · {use.subject}</>}
              </span>
              <span className="shrink-0 text-muted">
                <Moment atMs={use.atMs} />
              </span>
            </span>
            <span className="text-caption text-muted" title={use.client}>
              {clientName(use.client)} · {use.address}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wordOf(kind: ShareUse['kind']): string {
  switch (kind) {
    case 'opened':
      return t('shares.useOpened');
    case 'downloaded':
      return t('shares.useDownloaded');
    case 'uploaded':
      return t('shares.useUploaded');
    case 'refused':
      return t('shares.useRefused');
  }
}
