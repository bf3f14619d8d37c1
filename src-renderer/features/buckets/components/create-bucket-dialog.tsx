import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useCreateBucket } from '../api/use-buckets.ts';

const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function CreateBucketDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title={t('buckets.create')} isOpen={isOpen} onClose={onClose}>
      <CreateBucketForm onClose={onClose} />
    </Dialog>
  );
}

function CreateBucketForm({ onClose }: { readonly onClose: () => void }) {
  const create = useCreateBucket();
  const [name, setName] = useState('');
  const [versioning, setVersioning] = useState(true);
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (NAME.test(name)) create.mutate({ name, versioning }, { onSuccess: onClose });
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={t('buckets.name')}
        hint={t('buckets.nameRule')}
        error={tried && !NAME.test(name) ? t('buckets.nameRule') : undefined}
        value={name}
        onChange={setName}
        mono
        autoFocus
        autoComplete="off"
      />
      <Checkbox isSelected={versioning} onChange={setVersioning} label={t('buckets.keepVersions')} />
      <FormError error={create.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={create.isPending}>
          {t('buckets.create')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
