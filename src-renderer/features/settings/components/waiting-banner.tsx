import type { Setting } from '../../../../src-server/contract/settings.ts';
import { t } from '../../../lib/i18n.ts';
import { settingTitle } from '../catalogue.ts';

/** Which settings wait for the next start; nothing where none does. */
export function WaitingBanner({ settings }: { readonly settings: readonly Setting[] }) {
  const waiting = settings.filter(({ isWaiting }) => isWaiting);
  if (waiting.length === 0) return null;
  const names = [...new Set(waiting.map(({ name }) => settingTitle(name)))].join(', ');
  return (
    <div role="status" className="flex gap-2 border-line border-t bg-sunken px-4 py-3 sm:px-6">
      <span aria-hidden="true" className="text-attention">
        ▲
      </span>
      <p className="max-w-180">
        <span className="font-medium">{t('settings.waitingTitle', { count: waiting.length })}</span> {names}.{' '}
        <span className="text-muted">{t('settings.waitingHow')}</span>
      </p>
    </div>
  );
}
