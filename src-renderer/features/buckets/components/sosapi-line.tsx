import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons, SettingLine } from '../../../components/setting-line.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';

/** Is Veeam told what the bucket is and how much room there is? */
export function SosapiLine({ bucket }: { readonly bucket: BucketDetail }) {
  const form = bucket.mayChange ? (close: () => void) => <SosapiForm bucket={bucket} onClose={close} /> : undefined;
  return (
    <SettingLine title={t('bucket.sosapi')} form={form}>
      {bucket.speaksSosapi ? t('bucket.sosapiOn') : t('bucket.sosapiOff')}
    </SettingLine>
  );
}

function SosapiForm({ bucket, onClose }: { readonly bucket: BucketDetail; readonly onClose: () => void }) {
  const change = useChangeBucket(bucket.name);
  const [value, setValue] = useState<'on' | 'off'>(bucket.speaksSosapi ? 'on' : 'off');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ speaksSosapi: value === 'on' }, { onSuccess: onClose });
      }}
    >
      <ChoiceGroup
        label={t('bucket.sosapiAsk')}
        value={value}
        onChange={setValue}
        choices={[
          { value: 'on' as const, label: t('bucket.sosapiTell'), text: t('bucket.sosapiTellMeans') },
          { value: 'off' as const, label: t('bucket.sosapiSilent'), text: t('bucket.sosapiSilentMeans') },
        ]}
      />
      <FormError error={change.error} />
      <LineButtons isPending={change.isPending} onCancel={onClose} />
    </Form>
  );
}
