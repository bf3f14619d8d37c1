import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { KeySummary } from '../../../../src-server/contract/keys.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useRotateKey } from '../api/use-keys.ts';
import { KeySecret } from './key-secret.tsx';

const OVERLAPS = { '0': 0, '1': 1, '24': 24, '168': 168 } as const;
type Overlap = keyof typeof OVERLAPS;

/** Puts a new key beside an old one; `target` undefined is closed. */
export function RotateKeyDialog(props: { readonly target: KeySummary | undefined; readonly onClose: () => void }) {
  const rotate = useRotateKey();
  const close = () => {
    rotate.reset();
    props.onClose();
  };
  return (
    <Dialog
      title={rotate.data === undefined ? t('keys.rotate') : t('keys.created')}
      isOpen={props.target !== undefined}
      onClose={close}
      stays={rotate.data !== undefined}
    >
      {rotate.data !== undefined && <KeySecret pair={rotate.data} onDone={close} />}
      {rotate.data === undefined && props.target !== undefined && (
        <RotateKeyForm id={props.target.accessKeyId} rotate={rotate} onClose={close} />
      )}
    </Dialog>
  );
}

interface RotateKeyFormProps {
  readonly id: string;
  readonly rotate: ReturnType<typeof useRotateKey>;
  readonly onClose: () => void;
}

function RotateKeyForm({ id, rotate, onClose }: RotateKeyFormProps) {
  const [overlap, setOverlap] = useState<Overlap>('24');
  const options: readonly { readonly value: Overlap; readonly label: string }[] = [
    { value: '24', label: t('keys.overlapDay') },
    { value: '168', label: t('keys.overlapWeek') },
    { value: '1', label: t('keys.overlapHour') },
    { value: '0', label: t('keys.overlapNone') },
  ];
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        rotate.mutate({ id, overlapHours: OVERLAPS[overlap] });
      }}
    >
      <p className="text-muted">{t('keys.rotateText')}</p>
      <SelectField label={t('keys.overlap')} options={options} value={overlap} onChange={setOverlap} />
      <FormError error={rotate.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={rotate.isPending}>
          {t('keys.rotate')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
