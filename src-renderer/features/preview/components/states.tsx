import type { ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { Fact, Facts } from '../../../components/facts.tsx';
import { Bytes } from '../../../components/moment.tsx';
import { ErrorState } from '../../../components/states.tsx';
import { formatExactTime } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { endingOf } from '../kind.ts';
import type { ViewProps } from './preview-body.tsx';

export function PreviewLoading() {
  return (
    <p role="status" className="p-6 text-muted">
      {t('common.loading')}
    </p>
  );
}

/** What a file is where it is not shown, why it is not, and the way to it. */
export function Unshown({ file, onDownload, reason }: ViewProps & { readonly reason: string }) {
  const language = useLanguage();
  const { entry } = file;
  return (
    <div className="flex w-full max-w-120 flex-col items-start gap-5 self-center p-6">
      <p className="text-body">{reason}</p>
      <Facts>
        <Fact name={t('preview.type')}>{endingOf(entry.key).toUpperCase().slice(0, 20)}</Fact>
        <Fact name={t('common.size')}>
          <Bytes bytes={entry.sizeBytes} />
        </Fact>
        <Fact name={t('preview.changed')}>{formatExactTime(entry.modifiedAtMs, language)}</Fact>
        <Fact name={t('preview.key')} mono>
          {entry.key}
        </Fact>
      </Facts>
      {entry.sizeBytes > 0 && (
        <Button look="primary" onPress={onDownload}>
          {t('preview.download')}
        </Button>
      )}
    </div>
  );
}

/** The file could not be read. */
export function PreviewError({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return <ErrorState error={error} onRetry={onRetry} />;
}

/** Says above a view what of the file it does not show. */
export function PartNote({ children }: { readonly children: ReactNode }) {
  return (
    <p role="status" className="shrink-0 border-line border-b bg-surface px-4 py-1.5 text-caption text-muted sm:px-6">
      {children}
    </p>
  );
}
