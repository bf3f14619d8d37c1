import { Link } from '@tanstack/react-router';
import { Copy } from 'lucide-react';
import type { Share } from '../../../../src-server/contract/shares.ts';
import { Button } from '../../../components/button.tsx';
import { DialogButtons } from '../../../components/dialog.tsx';
import { QrCode } from '../../../components/qr-code.tsx';
import { t } from '../../../lib/i18n.ts';
import { useShareFacts } from '../api/use-shares.ts';
import { linkOf } from '../share-link.ts';
import { nameOfShare, sentenceOf } from '../share-terms.ts';
import { copyLink } from './copy-link.ts';
import { HereOnly } from './here-only.tsx';

/** The link that was made: to be copied once more, to be scanned, and what holds of it. */
export function MadeLink({ share, onClose }: { readonly share: Share; readonly onClose: () => void }) {
  const facts = useShareFacts();
  const link = linkOf(share.path ?? '', facts.data);
  const subject = { name: nameOfShare(share), isUpload: share.kind === 'upload', hasPassword: share.hasPassword };
  return (
    <>
      <div className="flex flex-col items-center gap-4 sm:flex-row sm:items-start">
        <QrCode text={link} label={t('shares.qr')} />
        <div className="flex min-w-0 flex-col items-start gap-3 self-stretch">
          <code className="w-full select-all break-all rounded-control bg-sunken p-3 font-mono text-table">{link}</code>
          <Button onPress={() => void copyLink(link)} autoFocus>
            <Copy size={16} aria-hidden="true" /> {t('shares.copy')}
          </Button>
        </div>
      </div>
      <p className="text-table">{sentenceOf(share, subject)}</p>
      <HereOnly facts={facts.data} />
      <DialogButtons>
        <Link to="/shares" className="mr-auto self-center text-accent text-body hover:underline">
          {t('shares.seeAll')}
        </Link>
        <Button look="primary" onPress={onClose}>
          {t('shares.done')}
        </Button>
      </DialogButtons>
    </>
  );
}
