import { SelectField } from '../../../components/select-field.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { QUOTA_UNITS, readBytes, readObjects } from '../../buckets/quota-draft.ts';
import type { TenantDraft } from '../tenant-draft.ts';

interface LimitFieldsProps {
  readonly draft: TenantDraft;
  readonly onChange: (draft: TenantDraft) => void;
}

/** How much a tenant may have; what is empty is no limit. */
export function LimitFields({ draft, onChange }: LimitFieldsProps) {
  const wrong = (read: number | null | undefined) => (read === undefined ? t('iam.limitWrong') : undefined);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3">
      <TextField
        label={t('iam.space')}
        hint={t('iam.limitHint')}
        inputMode="decimal"
        value={draft.bytes.amount}
        onChange={(amount) => onChange({ ...draft, bytes: { ...draft.bytes, amount } })}
        error={wrong(readBytes(draft.bytes))}
      />
      <SelectField
        label={t('bucketAccess.quotaUnit')}
        options={QUOTA_UNITS.map((value) => ({ value, label: value }))}
        value={draft.bytes.unit}
        onChange={(unit) => onChange({ ...draft, bytes: { ...draft.bytes, unit } })}
      />
      <TextField
        label={t('iam.maxBuckets')}
        inputMode="numeric"
        value={draft.buckets}
        onChange={(buckets) => onChange({ ...draft, buckets })}
        error={wrong(readObjects(draft.buckets))}
      />
      <span />
      <TextField
        label={t('iam.maxKeys')}
        inputMode="numeric"
        value={draft.keys}
        onChange={(keys) => onChange({ ...draft, keys })}
        error={wrong(readObjects(draft.keys))}
      />
    </div>
  );
}
