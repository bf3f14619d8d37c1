import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';

interface ConfirmProps {
  readonly count: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}

/** Some files of the bin go for good. */
export function PurgeDialog({ count, isOpen, onClose, onConfirm }: ConfirmProps) {
  return (
    <Dialog title={t('operations.purgeDialog', { count })} isOpen={isOpen} onClose={onClose}>
      <p className="text-muted">{t('operations.purgeText')}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button look="danger" onPress={onConfirm}>
          {t('operations.purge')}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}

/** The whole bin goes for good: its bucket's name is asked for. */
export function EmptyBinDialog({ bucket, isOpen, onClose, ...rest }: ConfirmProps & { readonly bucket: string }) {
  return (
    <Dialog title={t('operations.emptyDialog', { bucket })} isOpen={isOpen} onClose={onClose}>
      <EmptyBinForm bucket={bucket} onClose={onClose} {...rest} />
    </Dialog>
  );
}

function EmptyBinForm(props: Omit<ConfirmProps, 'isOpen'> & { readonly bucket: string }) {
  const { bucket, count } = props;
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === bucket) props.onConfirm();
      }}
    >
      <p className="text-muted">{t('operations.emptyText', { count, shown: formatCount(count, language) })}</p>
      <TextField label={t('operations.typeName', { bucket })} value={typed} onChange={setTyped} mono autoFocus />
      <DialogButtons>
        <Button onPress={props.onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="danger" isDisabled={typed !== bucket}>
          {t('operations.emptyBin')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
