import { useState } from 'react';
import type { RewindPlan } from '../../../../src-server/contract/folder-history.ts';
import { Button } from '../../../components/button.tsx';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { formatBytes, formatCount, formatMoment } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { failureOf } from '../../../lib/query-failure.ts';
import { type PastItem, useRewindPlan } from '../api/past-api.ts';

interface RewindDialogProps {
  readonly bucket: string;
  readonly atMs: number;
  /** Undefined while the dialog is closed. */
  readonly items: readonly PastItem[] | undefined;
  readonly onClose: () => void;
  readonly onConfirm: (exact: boolean) => void;
}

type Newer = 'stay' | 'exact';

/** Says what going back will do, in numbers, before it is done. */
export function RewindDialog({ bucket, atMs, items, onClose, onConfirm }: RewindDialogProps) {
  const language = useLanguage();
  const plan = useRewindPlan(bucket, atMs, items);
  const [newer, setNewer] = useState<Newer>('stay');
  const counted = plan.data;
  const failure = failureOf(plan);
  const changes = counted === undefined ? 0 : counted.back + (newer === 'exact' ? counted.newer : 0);
  return (
    <Dialog
      title={t('past.restoreTitle', { when: formatMoment(atMs, language) })}
      isOpen={items !== undefined}
      onClose={onClose}
    >
      {failure !== null && <ErrorState error={failure} onRetry={() => void plan.refetch()} />}
      {failure === null && counted === undefined && <LoadingRows />}
      {counted !== undefined && (
        <>
          <Counts plan={counted} newer={newer} />
          {counted.newer > 0 && (
            <ChoiceGroup
              label={t('past.newerFiles')}
              choices={[
                { value: 'stay', label: t('past.newerStay'), text: t('past.newerStayText') },
                { value: 'exact', label: t('past.newerHide'), text: t('past.newerHideText') },
              ]}
              value={newer}
              onChange={setNewer}
            />
          )}
          <p className="text-caption text-muted">{t('past.nothingLost')}</p>
        </>
      )}
      <DialogButtons>
        <Button look="quiet" onPress={onClose}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" isDisabled={changes === 0} onPress={() => onConfirm(newer === 'exact')}>
          {t('past.restore')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}

function Counts({ plan, newer }: { readonly plan: RewindPlan; readonly newer: Newer }) {
  const language = useLanguage();
  const lines = [
    [t('past.comeBack'), plan.back, formatBytes(plan.backBytes, language)],
    [t('past.stay'), plan.same, undefined],
    [newer === 'exact' ? t('past.areHidden') : t('past.areNewer'), plan.newer, undefined],
  ] as const;
  return (
    <>
      <dl
        aria-label={t('past.rehearsal')}
        className="flex flex-col gap-1 rounded-control bg-sunken px-3 py-2 text-body"
      >
        {lines.map(([label, count, more]) => (
          <div key={label} className="flex items-baseline justify-between gap-4">
            <dt>{label}</dt>
            <dd className="text-right font-medium tabular-nums">
              {formatCount(count, language)}
              {more !== undefined && count > 0 && <span className="pl-2 font-normal text-muted">{more}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {!plan.isComplete && <p className="text-caption text-muted">{t('past.atLeast')}</p>}
      {plan.back === 0 && <p className="text-body">{t('past.nothingBack')}</p>}
    </>
  );
}
