import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons, SettingLine } from '../../../components/setting-line.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';

/** Is what is stored from now on encrypted? */
export function EncryptionLine({ bucket }: { readonly bucket: BucketDetail }) {
  const form = bucket.mayChange ? (close: () => void) => <EncryptionForm bucket={bucket} onClose={close} /> : undefined;
  return (
    <SettingLine title={t('bucket.encryption')} form={form}>
      {bucket.encryption === 'off' ? t('bucket.encryptionOff') : t('bucket.encryptionOn')}
    </SettingLine>
  );
}

function EncryptionForm({ bucket, onClose }: { readonly bucket: BucketDetail; readonly onClose: () => void }) {
  const change = useChangeBucket(bucket.name);
  const [value, setValue] = useState(bucket.encryption);
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ encryption: value }, { onSuccess: onClose });
      }}
    >
      <ChoiceGroup
        label={t('bucket.encryptionAsk')}
        value={value}
        onChange={setValue}
        choices={[
          { value: 'AES256' as const, label: t('bucket.encryptionEncrypt'), text: t('bucket.encryptionEncryptMeans') },
          { value: 'off' as const, label: t('bucket.encryptionPlain'), text: t('bucket.encryptionPlainMeans') },
        ]}
      />
      <FormError error={change.error} />
      <LineButtons isPending={change.isPending} onCancel={onClose} />
    </Form>
  );
}
