import { useState } from 'react';
import { Form } from 'react-aria-components';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons, SettingLine } from '../../../components/setting-line.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useDeleteBucket } from '../api/use-buckets.ts';

/** Deleting the bucket, by its name. */
export function DangerLine({ bucket, onDeleted }: { readonly bucket: string; readonly onDeleted: () => void }) {
  return (
    <SettingLine
      title={t('bucket.danger')}
      action={t('buckets.delete')}
      form={(close) => <DeleteForm bucket={bucket} onClose={close} onDeleted={onDeleted} />}
    >
      {t('bucket.dangerText')}
    </SettingLine>
  );
}

interface DeleteFormProps {
  readonly bucket: string;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

function DeleteForm({ bucket, onClose, onDeleted }: DeleteFormProps) {
  const remove = useDeleteBucket();
  const [typed, setTyped] = useState('');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === bucket) remove.mutate(bucket, { onSuccess: onDeleted });
      }}
    >
      <TextField label={t('buckets.typeName', { bucket })} value={typed} onChange={setTyped} mono autoComplete="off" />
      <FormError error={remove.error} />
      <LineButtons
        danger
        save={t('buckets.delete')}
        isDisabled={typed !== bucket}
        isPending={remove.isPending}
        onCancel={onClose}
      />
    </Form>
  );
}
