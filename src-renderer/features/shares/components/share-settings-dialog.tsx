import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { ShareFacts } from '../../../../src-server/contract/shares.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { usePutShareFacts } from '../api/use-shares.ts';

interface ShareSettingsDialogProps {
  readonly facts: ShareFacts | undefined;
  readonly onClose: () => void;
}

/** How links look to people outside. */
export function ShareSettingsDialog({ facts, onClose }: ShareSettingsDialogProps) {
  return (
    <Dialog title={t('shares.settings')} isOpen={facts !== undefined} onClose={onClose}>
      {facts !== undefined && <SettingsForm facts={facts} onClose={onClose} />}
    </Dialog>
  );
}

function SettingsForm({ facts, onClose }: { readonly facts: ShareFacts; readonly onClose: () => void }) {
  const put = usePutShareFacts();
  const [installName, setInstallName] = useState(facts.installName);
  const [baseUrl, setBaseUrl] = useState(facts.baseUrl ?? '');
  const isUsable = baseUrl === '' || /^https?:\/\/[^/\s]+\/?$/.test(baseUrl);
  const submit = () => {
    if (isUsable) put.mutate({ installName, baseUrl: baseUrl === '' ? null : baseUrl }, { onSuccess: onClose });
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
        label={t('shares.installName')}
        hint={t('shares.installNameHint')}
        maxLength={80}
        value={installName}
        onChange={setInstallName}
      />
      <TextField
        label={t('shares.baseUrl')}
        hint={t('shares.baseUrlHint', { origin: location.origin })}
        error={isUsable ? undefined : t('shares.baseUrlRule')}
        mono
        value={baseUrl}
        onChange={setBaseUrl}
      />
      <FormError error={put.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={put.isPending}>
          {t('common.save')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
