import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { type Holder, usePutInlinePolicy } from '../api/use-holder-policies.ts';
import { fillTemplate, spreadOut } from '../templates.ts';
import { IamError } from './iam-error.tsx';
import { PolicyFields } from './policy-fields.tsx';

interface InlinePolicyDialogProps {
  readonly holder: Holder;
  /** Undefined: a new one. */
  readonly policy: { readonly name: string; readonly document: string } | undefined;
  readonly onClose: () => void;
}

/** A policy that belongs to one user, group or role. */
export function InlinePolicyDialog({ holder, policy, onClose }: InlinePolicyDialogProps) {
  const put = usePutInlinePolicy(holder);
  const [name, setName] = useState(policy?.name ?? '');
  const [document, setDocument] = useState(
    policy === undefined ? fillTemplate('readAll', { bucket: '', network: '' }) : spreadOut(policy.document),
  );
  return (
    <Dialog title={policy === undefined ? t('iam.writeOwn') : policy.name} isOpen isWide onClose={onClose}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') put.mutate({ policy: name.trim(), document }, { onSuccess: onClose });
        }}
      >
        {policy === undefined && (
          <TextField label={t('iam.policyName')} value={name} onChange={setName} autoComplete="off" autoFocus />
        )}
        <PolicyFields
          document={document}
          onChange={(changed) => {
            put.reset();
            setDocument(changed);
          }}
        />
        <IamError error={put.error} />
        <DialogButtons>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isPending={put.isPending} isDisabled={name.trim() === ''}>
            {t('common.save')}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
