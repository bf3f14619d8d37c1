import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import type { PaceSettings, QuietDays } from '../engine/quiet-hours.ts';
import { draftOf, type PaceDraft, readDraft } from '../pace-draft.ts';
import { savePaceSettings, usePaceSettings } from '../pace-settings.ts';

/** How fast this browser uploads, at all times and in quiet hours. */
export function PaceDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const settings = usePaceSettings();
  return (
    <Dialog title={t('transfers.paceTitle')} isOpen={isOpen} onClose={onClose}>
      <PaceForm settings={settings} onClose={onClose} />
    </Dialog>
  );
}

function PaceForm({ settings, onClose }: { readonly settings: PaceSettings; readonly onClose: () => void }) {
  const [draft, setDraft] = useState<PaceDraft>(() => draftOf(settings));
  const [isTried, setTried] = useState(false);
  const read = readDraft(draft);
  const change = (changes: Partial<PaceDraft>) => setDraft((before) => ({ ...before, ...changes }));
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (read === undefined) return;
    savePaceSettings(read);
    onClose();
  };
  const errorOf = (rate: string) =>
    isTried && readDraft({ ...draft, hasQuiet: false, hasLimit: true, rate }) === undefined
      ? t('transfers.paceRateError')
      : undefined;
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <p className="text-muted text-table">{t('transfers.paceText')}</p>
      <Checkbox
        label={t('transfers.paceLimit')}
        isSelected={draft.hasLimit}
        onChange={(hasLimit) => change({ hasLimit })}
      />
      {draft.hasLimit && (
        <RateField
          label={t('transfers.paceRate')}
          value={draft.rate}
          onChange={(rate) => change({ rate })}
          error={errorOf(draft.rate)}
        />
      )}
      <Checkbox
        label={t('transfers.paceQuiet')}
        isSelected={draft.hasQuiet}
        onChange={(hasQuiet) => change({ hasQuiet })}
      />
      {draft.hasQuiet && (
        <div className="flex flex-col gap-4">
          <div className="grid grid-cols-2 gap-3">
            <TimeField label={t('transfers.paceFrom')} value={draft.from} onChange={(from) => change({ from })} />
            <TimeField label={t('transfers.paceUntil')} value={draft.until} onChange={(until) => change({ until })} />
          </div>
          <SelectField<QuietDays>
            label={t('transfers.paceDays')}
            value={draft.days}
            onChange={(days) => change({ days })}
            options={[
              { value: 'working', label: t('transfers.paceWorking') },
              { value: 'every', label: t('transfers.paceEvery') },
            ]}
          />
          <RateField
            label={t('transfers.paceQuietRate')}
            value={draft.quietRate}
            onChange={(quietRate) => change({ quietRate })}
            error={errorOf(draft.quietRate)}
          />
        </div>
      )}
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary">
          {t('transfers.paceSave')}
        </Button>
      </DialogButtons>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function RateField({ error, ...rest }: FieldProps & { readonly error: string | undefined }) {
  return <TextField {...rest} inputMode="decimal" hint={t('transfers.paceUnit')} error={error} />;
}

function TimeField({ label, value, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-body">
        {label}
      </label>
      <input
        id={id}
        type="time"
        required
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="h-9 w-full rounded-control border border-line-strong bg-surface px-3 text-body text-text"
      />
    </div>
  );
}
