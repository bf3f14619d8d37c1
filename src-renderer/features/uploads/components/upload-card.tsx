import { X } from 'lucide-react';
import { useEffect } from 'react';
import { ProgressBar } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { cancelAll, forgetAll, retryFailed, type Upload, useUploads } from '../hooks/upload-queue.ts';

/** What is being stored and what became of it; nothing while there is nothing. */
export function UploadCard() {
  const { uploads } = useUploads();
  const open = uploads.filter(({ state }) => state === 'waiting' || state === 'sending');
  const failed = uploads.filter(({ state }) => state === 'failed');
  useWarningBeforeLeaving(open.length > 0);
  if (uploads.length === 0) return null;
  return (
    <section
      aria-label={t('uploads.title')}
      className="flex shrink-0 flex-col gap-2 border-line border-t bg-surface px-4 py-2 sm:px-6"
    >
      <Summary uploads={uploads} openCount={open.length} failedCount={failed.length} />
      {failed.slice(0, 3).map((one) => (
        <p key={one.id} className="flex min-w-0 gap-2 text-table">
          <span className="truncate font-medium">{one.path}</span>
          <span className="text-stopped">{errorText(one.error)}</span>
        </p>
      ))}
    </section>
  );
}

interface SummaryProps {
  readonly uploads: readonly Upload[];
  readonly openCount: number;
  readonly failedCount: number;
}

function Summary({ uploads, openCount, failedCount }: SummaryProps) {
  const language = useLanguage();
  const counted = uploads.filter(({ state }) => state !== 'cancelled');
  const total = counted.reduce((sum, { file }) => sum + file.size, 0);
  const sent = counted.reduce((sum, { sentBytes, file }) => sum + Math.min(sentBytes, file.size), 0);
  const stored = uploads.filter(({ state }) => state === 'stored').length;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <StatusWord status={openCount > 0 ? 'working' : failedCount > 0 ? 'stopped' : 'fine'} compact />
      <span role="status" className="text-table">
        {t('uploads.stored', { count: uploads.length, stored })}
        {failedCount > 0 && ` · ${t('uploads.failed', { count: failedCount })}`}
      </span>
      <ProgressBar
        aria-label={t('uploads.title')}
        value={sent}
        maxValue={Math.max(total, 1)}
        className="order-last h-2 basis-full overflow-hidden rounded-full bg-sunken sm:order-none sm:flex-1 sm:basis-24"
      >
        {({ percentage = 0 }) => (
          <div className="h-full bg-accent" style={{ width: `${total === 0 ? 100 : percentage}%` }} />
        )}
      </ProgressBar>
      <span className="ml-auto text-muted text-table">
        {formatBytes(sent, language)} / {formatBytes(total, language)}
      </span>
      {failedCount > 0 && <Button onPress={retryFailed}>{t('uploads.retry')}</Button>}
      {openCount > 0 ? (
        <Button look="quiet" onPress={cancelAll}>
          {t('uploads.cancel')}
        </Button>
      ) : (
        <Button look="quiet" square aria-label={t('common.close')} onPress={forgetAll}>
          <X size={16} aria-hidden="true" />
        </Button>
      )}
    </div>
  );
}

/** The browser's own question, as long as closing the page would lose something. */
function useWarningBeforeLeaving(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isBusy]);
}
