import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { toast } from '../../../components/toast.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeTags } from '../api/use-details.ts';
import { outcomeText } from '../outcome-text.ts';
import { PairFields, pairsOf } from './pair-fields.tsx';

const MAX_TAGS = 10;

interface TagFilesDialogProps {
  readonly bucket: string;
  /** Undefined: closed. */
  readonly keys: readonly string[] | undefined;
  readonly onClose: () => void;
}

/** Adds and removes tags of many files; what is not named stays as it is. */
export function TagFilesDialog({ bucket, keys, onClose }: TagFilesDialogProps) {
  return (
    <Dialog title={t('files.tagTitle', { count: keys?.length ?? 0 })} isOpen={keys !== undefined} onClose={onClose}>
      {keys !== undefined && <TagFilesForm bucket={bucket} keys={keys} onClose={onClose} />}
    </Dialog>
  );
}

function TagFilesForm(props: { bucket: string; keys: readonly string[]; onClose: () => void }) {
  const { bucket, keys, onClose } = props;
  const change = useChangeTags(bucket);
  const [pairs, setPairs] = useState(pairsOf([['', '']]));
  const [removed, setRemoved] = useState('');
  const set = pairs.flatMap(({ name, value }) => (name === '' ? [] : [{ key: name, value }]));
  const remove = removed.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
  const submit = () =>
    change.mutate(
      { keys: [...keys], set, remove },
      {
        onSuccess: (outcome) => {
          if (outcome.changed > 0) toast('note', t('files.tagged', { count: outcome.changed }));
          if (outcome.failed.length > 0) toast('error', outcomeText(outcome));
          onClose();
        },
      },
    );
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="text-muted">{t('files.tagText')}</p>
      <fieldset>
        <legend className="mb-1 font-medium">{t('files.tagsToSet')}</legend>
        <PairFields
          pairs={pairs}
          onChange={setPairs}
          nameLabel={t('files.tag')}
          addText={t('files.addTag')}
          max={MAX_TAGS}
        />
      </fieldset>
      <TextField
        label={t('files.tagsToRemove')}
        hint={t('files.tagsToRemoveHint')}
        mono
        value={removed}
        onChange={setRemoved}
      />
      <FormError error={change.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button
          look="primary"
          type="submit"
          isPending={change.isPending}
          isDisabled={set.length === 0 && remove.length === 0}
        >
          {t('files.saveTags')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
