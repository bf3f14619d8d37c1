import { Checkbox } from '../../../components/checkbox.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { type ImmutableDraft, isImmutableDraft } from '../immutable.ts';

interface Props {
  readonly program: 'restic' | 'kopia';
  readonly value: ImmutableDraft;
  readonly onChange: (value: ImmutableDraft) => void;
}

/** Are the backups of a new bucket kept from everybody who would delete them? */
export function ImmutableChoice({ program, value, onChange }: Props) {
  return (
    <div className="flex flex-col gap-2">
      <Checkbox
        label={t('objectLock.immutable')}
        isSelected={value.isOn}
        onChange={(isOn) => onChange({ ...value, isOn })}
      />
      {value.isOn && (
        <p className="text-caption text-muted">
          {program === 'kopia' ? t('objectLock.immutableKopia') : t('objectLock.immutableRestic')}
        </p>
      )}
      {value.isOn && program === 'restic' && (
        <div className="max-w-40">
          <TextField
            label={t('objectLock.immutableDays')}
            inputMode="numeric"
            value={value.days}
            onChange={(days) => onChange({ ...value, days })}
            error={isImmutableDraft(program, value) ? undefined : t('objectLock.lengthWrong')}
          />
        </div>
      )}
    </div>
  );
}
