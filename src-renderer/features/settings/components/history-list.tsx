import type { SettingChange } from '../../../../src-server/contract/bucket-changes.ts';
import type { SettingValue } from '../../../../src-server/contract/settings.ts';
import { Button } from '../../../components/button.tsx';
import { Moment } from '../../../components/moment.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import { useChangeSettings, useSettingChanges } from '../api/use-settings.ts';
import { settingTitle, TLS_NAMES, valueText } from '../catalogue.ts';

/** What was changed, by whom; the latest of each setting can be undone. */
export function HistoryList({ mayUndo }: { readonly mayUndo: (name: string) => boolean }) {
  const history = useSettingChanges();
  const changes = history.data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <div className="px-4 pb-4 sm:px-6">
      {history.isError && <p className="text-stopped">{errorText(history.error)}</p>}
      {history.isSuccess && changes.length === 0 && <p className="text-muted">{t('settings.historyEmpty')}</p>}
      <ul className="flex flex-col">
        {changes.map((change) => (
          <ChangeRow
            key={change.id}
            change={change}
            undone={mayUndo(change.field) ? undoneWith(change, changes) : []}
          />
        ))}
      </ul>
      {history.hasNextPage && (
        <Button look="quiet" isPending={history.isFetchingNextPage} onPress={() => void history.fetchNextPage()}>
          {t('settings.historyMore')}
        </Button>
      )}
    </div>
  );
}

/**
 * What goes back together: certificate, key and switch were stored at one time and are no good one by one. None where one of
 * them was changed again since.
 */
function undoneWith(change: SettingChange, changes: readonly SettingChange[]): readonly SettingChange[] {
  const isTls = (field: string) => TLS_NAMES.some((name) => name === field);
  const together = isTls(change.field)
    ? changes.filter(({ field, atMs }) => isTls(field) && atMs === change.atMs)
    : [change];
  return together.every(({ isLatest }) => isLatest) ? together : [];
}

interface ChangeRowProps {
  readonly change: SettingChange;
  /** None: it cannot be undone. */
  readonly undone: readonly SettingChange[];
}

function ChangeRow({ change, undone }: ChangeRowProps) {
  const store = useChangeSettings();
  const text = changeText(change);
  const undo = () =>
    store.mutate(Object.fromEntries(undone.map(({ field, before }) => [field, settingValue(before)])), {
      onSuccess: () => toast('note', t('settings.undone')),
      onError: (error) => toast('error', errorText(error)),
    });
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3">
      <span className="min-w-0 break-words">{text}</span>
      <span className="text-caption text-muted">
        <Moment atMs={change.atMs} />
      </span>
      {undone.length > 0 && (
        <Button
          look="link"
          isPending={store.isPending}
          aria-label={t('settings.undoNamed', { change: text })}
          onPress={undo}
        >
          {t('settings.undo')}
        </Button>
      )}
    </li>
  );
}

/** "Ana set Region to eu-1". */
function changeText({ field, after, actorName: who }: SettingChange): string {
  if (field === 'configuration.exported') return t('configuration.didExport', { who });
  if (field === 'configuration.imported') return t('configuration.didImport', { who });
  if (field === 'locks.clockConfirmed') return t('settings.didConfirmClock', { who });
  const name = settingTitle(field);
  return after === null
    ? t('settings.didDefault', { who, name })
    : t('settings.didSet', { who, name, value: valueText(field, settingValue(after)) });
}

/** Of the history, which holds what JSON can say; settings are never more than this. */
function settingValue(value: unknown): SettingValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
