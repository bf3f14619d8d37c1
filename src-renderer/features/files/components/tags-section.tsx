import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { ObjectDetails } from '../../../../src-server/contract/object-details.ts';
import { FormError } from '../../../components/form-error.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeTags } from '../api/use-details.ts';
import { outcomeText } from '../outcome-text.ts';
import { DetailsSection, FormButtons } from './details-section.tsx';
import { PairFields, pairsOf } from './pair-fields.tsx';

const MAX_TAGS = 10;

interface TagsSectionProps {
  readonly bucket: string;
  readonly details: ObjectDetails;
  readonly mayWrite: boolean;
}

export function TagsSection({ bucket, details, mayWrite }: TagsSectionProps) {
  const { tags } = details;
  const form = (close: () => void) => <TagsForm bucket={bucket} details={details} onClose={close} />;
  return (
    <DetailsSection title={t('files.tags')} form={mayWrite ? form : undefined}>
      {tags.length === 0 ? (
        <p className="text-muted text-table">{t('files.noTags')}</p>
      ) : (
        <ul className="flex flex-wrap gap-1.5">
          {tags.map(({ key, value }) => (
            <li
              key={key}
              className="max-w-full break-words rounded-control bg-sunken px-2 font-mono text-caption leading-6"
            >
              {value === '' ? key : `${key} = ${value}`}
            </li>
          ))}
        </ul>
      )}
    </DetailsSection>
  );
}

function TagsForm(props: { bucket: string; details: ObjectDetails; onClose: () => void }) {
  const { bucket, details, onClose } = props;
  const change = useChangeTags(bucket);
  const [pairs, setPairs] = useState(pairsOf(details.tags.map(({ key, value }) => [key, value])));
  const [refusal, setRefusal] = useState<string>();
  const submit = () => {
    const set = pairs.flatMap(({ name, value }) => (name === '' ? [] : [{ key: name, value }]));
    const remove = details.tags.map(({ key }) => key).filter((key) => set.every((tag) => tag.key !== key));
    change.mutate(
      { keys: [details.key], set, remove },
      {
        onSuccess: (outcome) => {
          if (outcome.failed.length === 0) onClose();
          else setRefusal(outcomeText(outcome));
        },
      },
    );
  };
  return (
    <Form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PairFields
        pairs={pairs}
        onChange={setPairs}
        nameLabel={t('files.tag')}
        addText={t('files.addTag')}
        max={MAX_TAGS}
      />
      {refusal !== undefined && (
        <p role="alert" className="text-stopped">
          {refusal}
        </p>
      )}
      <FormError error={change.error} />
      <FormButtons isPending={change.isPending} onCancel={onClose} />
    </Form>
  );
}
