import { useState } from 'react';
import { SelectField } from '../../../components/select-field.tsx';
import { TextArea } from '../../../components/text-area.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useBuckets } from '../../buckets/api/use-buckets.ts';
import { fillTemplate, needsBucket, TEMPLATES, type Template, type TemplateFill } from '../templates.ts';

interface PolicyFieldsProps {
  readonly document: string;
  readonly onChange: (document: string) => void;
}

const OWN = 'own';
const OFFICE = '192.0.2.0/24';

/** The text of a policy, and what it can begin with. */
export function PolicyFields({ document, onChange }: PolicyFieldsProps) {
  const buckets = useBuckets().data ?? [];
  const [template, setTemplate] = useState<Template | typeof OWN>(OWN);
  const [fill, setFill] = useState<TemplateFill>({ bucket: '', network: OFFICE });
  const apply = (chosen: Template | typeof OWN, next: TemplateFill) => {
    const filled = { ...next, bucket: next.bucket === '' ? (buckets[0]?.name ?? 'BUCKET') : next.bucket };
    setTemplate(chosen);
    setFill(filled);
    if (chosen !== OWN) onChange(fillTemplate(chosen, filled));
  };
  const options = [
    { value: OWN, label: t('iam.templateOwn') },
    ...TEMPLATES.map((value) => ({ value, label: templateName(value) })),
  ] as const;
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t('iam.template')}
          options={options}
          value={template}
          onChange={(chosen) => apply(chosen, fill)}
        />
        {template !== OWN && needsBucket(template) && (
          <SelectField
            label={t('iam.bucket')}
            options={bucketOptions(buckets, fill.bucket)}
            value={fill.bucket}
            onChange={(bucket) => apply(template, { ...fill, bucket })}
          />
        )}
        {template === 'network' && (
          <TextField
            mono
            label={t('iam.network')}
            value={fill.network}
            onChange={(network) => apply('network', { ...fill, network })}
          />
        )}
      </div>
      <TextArea label={t('iam.document')} value={document} onChange={onChange} rows={16} />
    </>
  );
}

function bucketOptions(buckets: readonly { readonly name: string }[], chosen: string) {
  const names = buckets.map(({ name }) => name);
  return [...(names.includes(chosen) ? [] : [chosen]), ...names].map((name) => ({ value: name, label: name }));
}

function templateName(template: Template): string {
  switch (template) {
    case 'readAll':
      return t('iam.templateReadAll');
    case 'readBucket':
      return t('iam.templateReadBucket');
    case 'writeBucket':
      return t('iam.templateWriteBucket');
    case 'backup':
      return t('iam.templateBackup');
    case 'network':
      return t('iam.templateNetwork');
  }
}
