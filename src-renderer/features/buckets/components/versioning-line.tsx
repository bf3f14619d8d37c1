import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons, SettingLine } from '../../../components/setting-line.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';

/** Are versions kept? Once they were, they can only be suspended. */
export function VersioningLine({ bucket }: { readonly bucket: BucketDetail }) {
  const isLocked = bucket.objectLock !== null;
  const form =
    bucket.mayChange && !isLocked
      ? (close: () => void) => <VersioningForm bucket={bucket} onClose={close} />
      : undefined;
  return (
    <SettingLine title={t('bucket.versions')} form={form}>
      {sentence(bucket.versioning)}
      {isLocked && <p className="text-muted">{t('objectLock.versionsLocked')}</p>}
    </SettingLine>
  );
}

function VersioningForm({ bucket, onClose }: { readonly bucket: BucketDetail; readonly onClose: () => void }) {
  const change = useChangeBucket(bucket.name);
  const [value, setValue] = useState<BucketDetail['versioning']>(bucket.versioning);
  const rest =
    bucket.versioning === 'off'
      ? { value: 'off' as const, label: t('bucket.versionsNotKept'), text: t('bucket.versionsNotKeptMeans') }
      : { value: 'suspended' as const, label: t('bucket.versionsSuspend'), text: t('bucket.versionsSuspendMeans') };
  const submit = () => {
    if (value === bucket.versioning || value === 'off') onClose();
    else change.mutate({ versioning: value }, { onSuccess: onClose });
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ChoiceGroup
        label={t('bucket.versionsAsk')}
        value={value}
        onChange={setValue}
        choices={[
          { value: 'enabled' as const, label: t('bucket.versionsKeep'), text: t('bucket.versionsKeepMeans') },
          rest,
        ]}
      />
      <FormError error={change.error} />
      <LineButtons isPending={change.isPending} onCancel={onClose} />
    </Form>
  );
}

function sentence(versioning: BucketDetail['versioning']): string {
  switch (versioning) {
    case 'enabled':
      return t('bucket.versionsAreKept');
    case 'suspended':
      return t('bucket.versionsAreSuspended');
    case 'off':
      return t('bucket.versionsAreOff');
  }
}
