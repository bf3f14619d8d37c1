import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons, SettingLine } from '../../../components/setting-line.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';

/** Whose is what others store here, and do lists of permissions (ACLs) count? */
export function OwnershipLine({ bucket }: { readonly bucket: BucketDetail }) {
  const form = bucket.mayChange ? (close: () => void) => <OwnershipForm bucket={bucket} onClose={close} /> : undefined;
  return (
    <SettingLine title={t('bucket.owner')} form={form}>
      {sentence(bucket)}
    </SettingLine>
  );
}

function sentence({ ownership, ownerName: owner }: BucketDetail): string {
  switch (ownership) {
    case 'BucketOwnerEnforced':
      return t('bucket.ownerAll', { owner });
    case 'BucketOwnerPreferred':
      return t('bucketAccess.ownerPreferred', { owner });
    case 'ObjectWriter':
    case null:
      return t('bucketAccess.ownerWriter', { owner });
  }
}

function OwnershipForm({ bucket, onClose }: { readonly bucket: BucketDetail; readonly onClose: () => void }) {
  const change = useChangeBucket(bucket.name);
  const [value, setValue] = useState(bucket.ownership ?? ('ObjectWriter' as const));
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ ownership: value }, { onSuccess: onClose });
      }}
    >
      <ChoiceGroup
        label={t('bucketAccess.ownerAsk')}
        value={value}
        onChange={setValue}
        choices={[
          {
            value: 'BucketOwnerEnforced' as const,
            label: t('bucketAccess.ownerEnforcedLabel', { owner: bucket.ownerName }),
            text: t('bucketAccess.ownerEnforcedMeans'),
          },
          {
            value: 'BucketOwnerPreferred' as const,
            label: t('bucketAccess.ownerPreferredLabel', { owner: bucket.ownerName }),
            text: t('bucketAccess.ownerPreferredMeans'),
          },
          {
            value: 'ObjectWriter' as const,
            label: t('bucketAccess.ownerWriterLabel'),
            text: t('bucketAccess.ownerWriterMeans'),
          },
        ]}
      />
      <FormError error={change.error} />
      <LineButtons isPending={change.isPending} onCancel={onClose} />
    </Form>
  );
}
