import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useDeleteBucket } from '../api/use-buckets.ts';

/** Asks for the name: a bucket cannot be had back. `bucket` undefined is closed. */
export function DeleteBucketDialog(props: { readonly bucket: string | undefined; readonly onClose: () => void }) {
  return (
    <Dialog title={t('buckets.delete')} isOpen={props.bucket !== undefined} onClose={props.onClose}>
      {props.bucket !== undefined && <DeleteBucketForm bucket={props.bucket} onClose={props.onClose} />}
    </Dialog>
  );
}

function DeleteBucketForm({ bucket, onClose }: { readonly bucket: string; readonly onClose: () => void }) {
  const remove = useDeleteBucket();
  const [typed, setTyped] = useState('');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === bucket) remove.mutate(bucket, { onSuccess: onClose });
      }}
    >
      <p className="break-words text-muted">{t('buckets.deleteText', { bucket })}</p>
      <TextField label={t('buckets.typeName', { bucket })} value={typed} onChange={setTyped} mono autoFocus />
      <FormError error={remove.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="danger" isDisabled={typed !== bucket} isPending={remove.isPending}>
          {t('buckets.delete')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
