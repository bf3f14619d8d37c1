import type { SettingChange } from '../../../../src-server/contract/bucket-changes.ts';
import { Button } from '../../../components/button.tsx';
import { Moment } from '../../../components/moment.tsx';
import { SettingLine } from '../../../components/setting-line.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { useBucketChanges, useUndoChange } from '../api/use-bucket-changes.ts';
import { changeText } from '../change-text.ts';

/** What was changed, by whom; the latest of each setting can be undone. */
export function HistoryLine({ bucket, mayChange }: { readonly bucket: string; readonly mayChange: boolean }) {
  const history = useBucketChanges(bucket);
  const changes = history.data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <SettingLine title={t('bucket.history')}>
      {history.isError && <p className="text-stopped">{errorText(history.error)}</p>}
      {history.isSuccess && changes.length === 0 && <p className="text-muted">{t('bucket.historyEmpty')}</p>}
      <ul className="flex flex-col">
        {changes.map((change) => (
          <ChangeRow key={change.id} bucket={bucket} change={change} mayUndo={mayChange && change.isLatest} />
        ))}
      </ul>
      {history.hasNextPage && (
        <Button look="quiet" isPending={history.isFetchingNextPage} onPress={() => void history.fetchNextPage()}>
          {t('bucket.historyMore')}
        </Button>
      )}
    </SettingLine>
  );
}

interface ChangeRowProps {
  readonly bucket: string;
  readonly change: SettingChange;
  readonly mayUndo: boolean;
}

function ChangeRow({ bucket, change, mayUndo }: ChangeRowProps) {
  const undo = useUndoChange(bucket);
  const text = changeText(change);
  const wasOff = change.field === 'versioning' && change.before === 'Off';
  const run = () =>
    undo.mutate(change.id, {
      onSuccess: () => toast('note', wasOff ? t('bucket.undoneSuspended') : t('bucket.undone')),
      onError: (error) => toast('error', errorText(error)),
    });
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3">
      <span className="min-w-0 break-words">{text}</span>
      <span className="text-caption text-muted">
        <Moment atMs={change.atMs} />
        {change.accessKeyId !== null && ` · ${t('bucket.byKey', { key: change.accessKeyId.slice(-4) })}`}
      </span>
      {mayUndo && (
        <Button
          look="link"
          isPending={undo.isPending}
          aria-label={t('bucket.undoNamed', { change: text })}
          onPress={run}
        >
          {t('bucket.undo')}
        </Button>
      )}
    </li>
  );
}
