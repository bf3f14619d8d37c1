import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { t } from '../../../lib/i18n.ts';
import { useAddVersion } from '../api/use-policies.ts';
import { spreadOut } from '../templates.ts';
import { IamError } from './iam-error.tsx';
import { PolicyFields } from './policy-fields.tsx';

interface PolicyVersionDialogProps {
  readonly arn: string;
  /** What counts now. */
  readonly document: string;
  readonly onClose: () => void;
}

/** The next version of a policy, which counts from then on. */
export function PolicyVersionDialog({ arn, document, onClose }: PolicyVersionDialogProps) {
  const add = useAddVersion(arn);
  const [text, setText] = useState(spreadOut(document));
  return (
    <Dialog title={t('iam.editTitle')} isOpen isWide onClose={onClose}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(text, { onSuccess: onClose });
        }}
      >
        <p className="text-muted">{t('iam.editText')}</p>
        <PolicyFields
          document={text}
          onChange={(changed) => {
            add.reset();
            setText(changed);
          }}
        />
        <IamError error={add.error} />
        <DialogButtons>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isPending={add.isPending}>
            {t('iam.saveVersion')}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
