import type { ReactNode } from 'react';
import { ApiError } from '../lib/api.ts';
import { errorText } from '../lib/error-text.ts';
import { t } from '../lib/i18n.ts';
import { Button } from './button.tsx';
import { StatusWord } from './status-word.tsx';

/** Nothing is here: says so and offers what to do next. */
export function EmptyState(props: { readonly title: string; readonly text: string; readonly children?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 px-4 py-6 sm:px-6">
      <h2 className="font-semibold text-section">{props.title}</h2>
      <p className="max-w-120 text-muted">{props.text}</p>
      {props.children}
    </div>
  );
}

/** What could not be shown, why, and the id under which the log has it. A refusal offers no second try. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const refused = error instanceof ApiError && error.status === 403;
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  return (
    <div role="alert" className="flex flex-col items-start gap-3 px-4 py-6 sm:px-6">
      <StatusWord status={refused ? 'attention' : 'stopped'} />
      <p className="max-w-120">{errorText(error)}</p>
      {requestId !== undefined && (
        <p className="text-caption text-muted">
          {t('error.id')} <code className="select-all font-mono">{requestId}</code>
        </p>
      )}
      {!refused && <Button onPress={onRetry}>{t('common.retry')}</Button>}
    </div>
  );
}

/** Rows that are not there yet. */
export function LoadingRows() {
  return (
    <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-3 px-4 py-3 sm:px-6">
      {['w-2/5', 'w-1/3', 'w-1/2', 'w-1/4'].map((width) => (
        <div key={width} className={`h-4 rounded-control bg-line ${width}`} />
      ))}
    </div>
  );
}
