import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { Button } from '../../../components/button.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { LineButtons, SettingLine } from '../../../components/setting-line.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeBucket } from '../api/use-bucket.ts';

/** Tags of the bucket, for those who sort buckets by them. */
export function TagsLine({ bucket }: { readonly bucket: BucketDetail }) {
  const form = bucket.mayChange ? (close: () => void) => <TagsForm bucket={bucket} onClose={close} /> : undefined;
  return (
    <SettingLine title={t('bucket.tags')} form={form}>
      {bucket.tags.length === 0 ? (
        t('bucket.tagsNone')
      ) : (
        <ul className="flex flex-wrap gap-2">
          {bucket.tags.map(({ key, value }) => (
            <li
              key={key}
              className="max-w-full break-words rounded-control bg-sunken px-2 font-mono text-caption leading-6"
            >
              {value === '' ? key : `${key} = ${value}`}
            </li>
          ))}
        </ul>
      )}
    </SettingLine>
  );
}

interface Row {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

function TagsForm({ bucket, onClose }: { readonly bucket: BucketDetail; readonly onClose: () => void }) {
  const change = useChangeBucket(bucket.name);
  const [rows, setRows] = useState<readonly Row[]>(
    bucket.tags.length === 0 ? [{ id: 0, key: '', value: '' }] : bucket.tags.map((tag, id) => ({ id, ...tag })),
  );
  const set = (id: number, part: Partial<Row>) =>
    setRows((old) => old.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const tags = rows.filter(({ key }) => key !== '').map(({ key, value }) => ({ key, value }));
  return (
    <Form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ tags }, { onSuccess: onClose });
      }}
    >
      {rows.map((row) => (
        <div key={row.id} className="flex items-start gap-2">
          <div className="grid min-w-0 flex-1 grid-cols-2 gap-2">
            <TextField label={t('bucket.tagKey')} mono value={row.key} onChange={(key) => set(row.id, { key })} />
            <TextField
              label={t('bucket.tagValue')}
              mono
              value={row.value}
              onChange={(value) => set(row.id, { value })}
            />
          </div>
          <div className="pt-6">
            <Button
              look="quiet"
              square
              aria-label={t('bucket.tagRemove', { tag: row.key })}
              onPress={() => setRows((old) => old.filter(({ id }) => id !== row.id))}
            >
              <X size={16} aria-hidden="true" />
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button
          look="quiet"
          onPress={() => setRows((old) => [...old, { id: (old.at(-1)?.id ?? 0) + 1, key: '', value: '' }])}
        >
          <Plus size={16} aria-hidden="true" /> {t('bucket.tagAdd')}
        </Button>
      </div>
      <FormError error={change.error} />
      <LineButtons isPending={change.isPending} onCancel={onClose} />
    </Form>
  );
}
