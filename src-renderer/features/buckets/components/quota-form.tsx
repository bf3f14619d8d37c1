import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { BucketQuota } from '../../../../src-server/contract/bucket-access.ts';
import { FormError } from '../../../components/form-error.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { LineButtons } from '../../../components/setting-line.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';
import { byteDraft, QUOTA_UNITS, readBytes, readObjects } from '../quota-draft.ts';

interface Props {
  readonly bucket: string;
  readonly quota: BucketQuota;
  readonly onClose: () => void;
}

/** How much the bucket may hold. A limit below what it holds stops growth and deletes nothing. */
export function QuotaForm({ bucket, quota, onClose }: Props) {
  const change = useChangeBucket(bucket);
  const language = useLanguage();
  const [bytes, setBytes] = useState(byteDraft(quota.quotaBytes));
  const [objects, setObjects] = useState(quota.quotaObjects === null ? '' : String(quota.quotaObjects));
  const quotaBytes = readBytes(bytes);
  const quotaObjects = readObjects(objects);
  const isBelow =
    (typeof quotaBytes === 'number' && quotaBytes < quota.heldBytes) ||
    (typeof quotaObjects === 'number' && quotaObjects < quota.heldObjects);
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (quotaBytes === undefined || quotaObjects === undefined) return;
        change.mutate({ quotaBytes, quotaObjects }, { onSuccess: onClose });
      }}
    >
      <div className="grid max-w-120 grid-cols-[minmax(0,1fr)_6rem] gap-3">
        <TextField
          label={t('bucketAccess.quotaBytes')}
          hint={t('bucketAccess.quotaEmpty')}
          inputMode="decimal"
          value={bytes.amount}
          onChange={(amount) => setBytes({ ...bytes, amount })}
          error={quotaBytes === undefined ? t('bucketAccess.quotaWrong') : undefined}
        />
        <SelectField
          label={t('bucketAccess.quotaUnit')}
          options={QUOTA_UNITS.map((value) => ({ value, label: value }))}
          value={bytes.unit}
          onChange={(unit) => setBytes({ ...bytes, unit })}
        />
        <TextField
          label={t('bucketAccess.quotaObjects')}
          inputMode="numeric"
          value={objects}
          onChange={setObjects}
          error={quotaObjects === undefined ? t('bucketAccess.quotaWrongObjects') : undefined}
        />
      </div>
      {isBelow && (
        <p className="flex gap-2 text-attention">
          <span aria-hidden="true">▲</span>
          {t('bucketAccess.quotaBelow', { held: formatBytes(quota.heldBytes, language) })}
        </p>
      )}
      <FormError error={change.error} />
      <LineButtons
        isPending={change.isPending}
        isDisabled={quotaBytes === undefined || quotaObjects === undefined}
        onCancel={onClose}
      />
    </Form>
  );
}
