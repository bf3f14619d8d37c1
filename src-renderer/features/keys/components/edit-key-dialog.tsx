import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { KeySummary } from '../../../../src-server/contract/keys.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useUpdateKey } from '../api/use-keys.ts';
import { policyOf, scopeOf, sourceIpsOf } from '../key-limits.ts';
import { KeyLimitFields } from './key-limit-fields.tsx';

interface EditKeyDialogProps {
  readonly target: KeySummary | undefined;
  readonly onClose: () => void;
}

/** What a key is for, may do at most and may come from. It counts from the next request on. */
export function EditKeyDialog({ target, onClose }: EditKeyDialogProps) {
  return (
    <Dialog title={t('keys.edit')} isOpen={target !== undefined} onClose={onClose}>
      {target !== undefined && <EditKeyForm key={target.accessKeyId} target={target} onClose={onClose} />}
    </Dialog>
  );
}

function EditKeyForm({ target, onClose }: { readonly target: KeySummary; readonly onClose: () => void }) {
  const update = useUpdateKey();
  const [label, setLabel] = useState(target.label);
  const [scope, setScope] = useState(() => scopeOf(target.policy));
  const [sources, setSources] = useState(target.sourceIps?.join(', ') ?? '');
  const submit = () => {
    const changes = { label: label.trim(), policy: policyOf(scope), sourceIps: sourceIpsOf(sources) };
    update.mutate({ id: target.accessKeyId, ...changes }, { onSuccess: onClose });
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField label={t('keys.label')} value={label} onChange={setLabel} maxLength={100} autoFocus />
      <KeyLimitFields scope={scope} onScope={setScope} sources={sources} onSources={setSources} />
      <FormError error={update.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={update.isPending}>
          {t('common.save')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
