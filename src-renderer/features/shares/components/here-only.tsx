import type { ShareFacts } from '../../../../src-server/contract/shares.ts';
import { t } from '../../../lib/i18n.ts';
import { opensHereOnly } from '../share-link.ts';

/** Warns where nobody else could open a link. */
export function HereOnly({ facts }: { readonly facts: ShareFacts | undefined }) {
  if (!opensHereOnly(facts)) return null;
  return (
    <p className="flex gap-2 text-table">
      <span aria-hidden="true" className="text-attention">
        ▲
      </span>
      {facts?.mayChange === true ? t('shares.hereOnlyAdmin') : t('shares.hereOnly')}
    </p>
  );
}
