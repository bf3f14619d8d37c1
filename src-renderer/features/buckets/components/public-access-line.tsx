import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { BucketAccess, PublicAccessBlock } from '../../../../src-server/contract/bucket-access.ts';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons, SettingLine } from '../../../components/setting-line.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';

interface Props {
  readonly bucket: BucketDetail;
  readonly access: BucketAccess;
}

const BLOCK_ALL: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** Can people whom nobody named get in, and what keeps them out? */
export function PublicAccessLine({ bucket, access }: Props) {
  const form = bucket.mayChange
    ? (close: () => void) => <BlockForm bucket={bucket} access={access} onClose={close} />
    : undefined;
  return (
    <SettingLine title={t('bucketAccess.public')} form={form}>
      <div className="flex flex-col gap-2">
        {access.publicThrough.includes('policy') && <PublicNote bucket={bucket} />}
        <BlockSentences block={access.publicAccessBlock} isPublic={access.publicThrough.length > 0} />
      </div>
    </SettingLine>
  );
}

function PublicNote({ bucket }: { readonly bucket: BucketDetail }) {
  const change = useChangeBucket(bucket.name);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <p className="flex gap-2 font-medium text-attention">
        <span aria-hidden="true">▲</span>
        {t('bucketAccess.publicThroughPolicy')}
      </p>
      {bucket.mayChange && (
        <Button small isPending={change.isPending} onPress={() => change.mutate({ publicAccessBlock: BLOCK_ALL })}>
          {t('bucketAccess.makePrivate')}
        </Button>
      )}
      <FormError error={change.error} />
    </div>
  );
}

function BlockSentences({ block, isPublic }: { readonly block: PublicAccessBlock; readonly isPublic: boolean }) {
  const switches = Object.values(block);
  if (!switches.includes(false)) return <p>{t('bucketAccess.blocksAll')}</p>;
  if (!switches.includes(true))
    return <p>{isPublic ? t('bucketAccess.blocksNothing') : t('bucketAccess.blocksNothingYet')}</p>;
  return (
    <ul className="flex flex-col gap-1">
      <li>{block.blockPublicPolicy ? t('bucketAccess.policyRefused') : t('bucketAccess.policyTaken')}</li>
      <li>{block.restrictPublicBuckets ? t('bucketAccess.policyRestricted') : t('bucketAccess.policyCounts')}</li>
      <li>{block.blockPublicAcls ? t('bucketAccess.aclsRefused') : t('bucketAccess.aclsTaken')}</li>
      <li>{block.ignorePublicAcls ? t('bucketAccess.aclsIgnored') : t('bucketAccess.aclsCount')}</li>
    </ul>
  );
}

function BlockForm({ bucket, access, onClose }: Props & { readonly onClose: () => void }) {
  const change = useChangeBucket(bucket.name);
  const [block, setBlock] = useState(access.publicAccessBlock);
  const box = (name: keyof PublicAccessBlock, label: string) => (
    <Checkbox label={label} isSelected={block[name]} onChange={(isOn) => setBlock({ ...block, [name]: isOn })} />
  );
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ publicAccessBlock: block }, { onSuccess: onClose });
      }}
    >
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-1 font-medium">{t('bucketAccess.blockAsk')}</legend>
        {box('blockPublicPolicy', t('bucketAccess.switchPolicy'))}
        {box('restrictPublicBuckets', t('bucketAccess.switchRestrict'))}
        {box('blockPublicAcls', t('bucketAccess.switchAcls'))}
        {box('ignorePublicAcls', t('bucketAccess.switchIgnore'))}
      </fieldset>
      {Object.values(block).includes(false) && (
        <p className="text-caption text-muted">{t('bucketAccess.blockOpenMeans')}</p>
      )}
      <FormError error={change.error} />
      <LineButtons isPending={change.isPending} onCancel={onClose} />
    </Form>
  );
}
