import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { DefaultRetention } from '../../../../src-server/contract/bucket-lock.ts';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { LineButtons } from '../../../components/setting-line.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';

type Mode = DefaultRetention['mode'] | 'none';
const FIRST: DefaultRetention = { mode: 'GOVERNANCE', unit: 'days', count: 30 };
/** 100 years. */
const LONGEST = { days: 36_500, years: 100 } as const;

/** Turns Object Lock on, by the bucket's name, since nothing turns it off; or changes what new versions are kept for. */
export function ObjectLockForm({ bucket, onClose }: { readonly bucket: BucketDetail; readonly onClose: () => void }) {
  const change = useChangeBucket(bucket.name);
  const isNew = bucket.objectLock === null;
  const stands = bucket.objectLock?.defaultRetention ?? null;
  const [mode, setMode] = useState<Mode>(stands?.mode ?? 'none');
  const [unit, setUnit] = useState((stands ?? FIRST).unit);
  const [count, setCount] = useState(String((stands ?? FIRST).count));
  const [typed, setTyped] = useState('');
  const isLength = /^\d{1,5}$/.test(count) && Number(count) >= 1 && Number(count) <= LONGEST[unit];
  const mayGo = (mode === 'none' || isLength) && (!isNew || typed === bucket.name);
  const submit = () => {
    if (!mayGo) return;
    const objectLock = { defaultRetention: mode === 'none' ? null : { mode, unit, count: Number(count) } };
    change.mutate({ objectLock }, { onSuccess: onClose });
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {isNew && <p>{bucket.versioning === 'enabled' ? t('objectLock.means') : t('objectLock.meansVersions')}</p>}
      <ModeChoice value={mode} onChange={setMode} />
      {mode !== 'none' && (
        <div className="grid max-w-80 grid-cols-2 gap-3">
          <TextField
            label={t('objectLock.length')}
            inputMode="numeric"
            value={count}
            onChange={setCount}
            error={isLength ? undefined : t('objectLock.lengthWrong')}
          />
          <SelectField
            label={t('objectLock.unit')}
            options={[
              { value: 'days' as const, label: t('objectLock.unitDays') },
              { value: 'years' as const, label: t('objectLock.unitYears') },
            ]}
            value={unit}
            onChange={setUnit}
          />
        </div>
      )}
      {isNew && (
        <TextField
          label={t('objectLock.typeName', { bucket: bucket.name })}
          mono
          autoComplete="off"
          value={typed}
          onChange={setTyped}
        />
      )}
      <FormError error={change.error} />
      <LineButtons
        isPending={change.isPending}
        isDisabled={!mayGo}
        onCancel={onClose}
        {...(isNew ? { save: t('objectLock.turnOnForGood') } : {})}
      />
    </Form>
  );
}

function ModeChoice({ value, onChange }: { readonly value: Mode; readonly onChange: (mode: Mode) => void }) {
  return (
    <ChoiceGroup<Mode>
      label={t('objectLock.modeAsk')}
      value={value}
      onChange={onChange}
      choices={[
        { value: 'none', label: t('objectLock.modeNone'), text: t('objectLock.modeNoneMeans') },
        { value: 'GOVERNANCE', label: t('objectLock.modeGovernance'), text: t('objectLock.modeGovernanceMeans') },
        { value: 'COMPLIANCE', label: t('objectLock.modeCompliance'), text: t('objectLock.modeComplianceMeans') },
      ]}
    />
  );
}
