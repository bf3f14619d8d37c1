import type { Share } from '../../../../src-server/contract/shares.ts';
import { Moment } from '../../../components/moment.tsx';
import { t } from '../../../lib/i18n.ts';
import { clientName } from '../share-terms.ts';

/** `3 downloads, last by Chrome, yesterday`. */
export function ShareUsage({ share }: { readonly share: Share }) {
  const count =
    share.kind === 'upload'
      ? t('shares.filesReceived', { count: share.receivedFiles })
      : share.downloads > 0
        ? t('shares.downloaded', { count: share.downloads })
        : t('shares.opened', { count: share.opens });
  if (share.lastUsedAtMs === null) return <>{t('shares.unused')}</>;
  return (
    <>
      {count} · {clientName(share.lastClient ?? '')}, <Moment atMs={share.lastUsedAtMs} />
    </>
  );
}
