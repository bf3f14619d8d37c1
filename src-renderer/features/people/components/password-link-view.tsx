import type { PasswordLink } from '../../../../src-server/contract/people.ts';
import { Button } from '../../../components/button.tsx';
import { DialogButtons } from '../../../components/dialog.tsx';
import { CopyButton } from '../../../components/facts.tsx';
import { Moment } from '../../../components/moment.tsx';
import { QrCode } from '../../../components/qr-code.tsx';
import { t } from '../../../lib/i18n.ts';

/** A link to choose a password, to be sent to its person; the token stands behind `#`, which no server is sent. */
export function PasswordLinkView({ link, onDone }: { readonly link: PasswordLink; readonly onDone: () => void }) {
  const url = `${location.origin}/invite#${link.token}`;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t('people.linkText')}</p>
      <div className="flex items-center gap-2 rounded-control border border-line bg-sunken py-1 pr-1 pl-3">
        <span className="min-w-0 flex-1 select-all break-all font-mono text-table">{url}</span>
        <CopyButton name={t('people.link')} text={url} />
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <QrCode text={url} label={t('people.linkQr')} />
        <p className="text-muted">
          {t('people.linkUntil')} <Moment atMs={link.expiresAtMs} />
        </p>
      </div>
      <DialogButtons>
        <Button look="primary" onPress={onDone}>
          {t('people.linkDone')}
        </Button>
      </DialogButtons>
    </div>
  );
}
