import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { ObjectDetails } from '../../../../src-server/contract/object-details.ts';
import { Fact, Facts } from '../../../components/facts.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { t } from '../../../lib/i18n.ts';
import { usePutMetadata } from '../api/use-details.ts';
import { DetailsSection, FormButtons } from './details-section.tsx';
import { PairFields, pairsOf } from './pair-fields.tsx';

const HEADERS = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'] as const;
const MAX_METADATA = 50;
const FIELD = 'h-8 w-full rounded-control border border-line-strong bg-surface px-2 font-mono text-caption';

interface MetadataSectionProps {
  readonly bucket: string;
  readonly details: ObjectDetails;
  readonly mayWrite: boolean;
  readonly keepsVersions: boolean;
}

/** Type, headers and metadata, which are sent with the file. */
export function MetadataSection({ bucket, details, mayWrite, keepsVersions }: MetadataSectionProps) {
  const form = (close: () => void) => (
    <MetadataForm bucket={bucket} details={details} keepsVersions={keepsVersions} onClose={close} />
  );
  return (
    <DetailsSection title={t('files.metadata')} form={mayWrite ? form : undefined}>
      <Facts>
        <Fact name="content-type" mono>
          {details.contentType}
        </Fact>
        {HEADERS.map((name) => {
          const value = details.headers[name];
          return (
            value !== undefined && (
              <Fact key={name} name={name} mono>
                {value}
              </Fact>
            )
          );
        })}
        {details.metadata.map(({ name, value }) => (
          <Fact key={name} name={`x-amz-meta-${name}`} mono>
            {value}
          </Fact>
        ))}
      </Facts>
    </DetailsSection>
  );
}

interface MetadataFormProps {
  readonly bucket: string;
  readonly details: ObjectDetails;
  readonly keepsVersions: boolean;
  readonly onClose: () => void;
}

function MetadataForm({ bucket, details, keepsVersions, onClose }: MetadataFormProps) {
  const put = usePutMetadata(bucket, details.key);
  const [contentType, setContentType] = useState(details.contentType);
  const [headers, setHeaders] = useState(details.headers);
  const [pairs, setPairs] = useState(pairsOf(details.metadata.map(({ name, value }) => [name, value])));
  const submit = () => {
    const metadata = pairs.flatMap(({ name, value }) => (name === '' ? [] : [{ name, value }]));
    const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
    put.mutate({ contentType, headers: given, metadata }, { onSuccess: onClose });
  };
  return (
    <Form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label className="flex flex-col gap-1 text-caption text-muted">
        content-type
        <input
          required
          value={contentType}
          onChange={({ target }) => setContentType(target.value)}
          className={`${FIELD} text-text`}
        />
      </label>
      {HEADERS.map((name) => (
        <label key={name} className="flex flex-col gap-1 text-caption text-muted">
          {name}
          <input
            value={headers[name] ?? ''}
            onChange={({ target }) => setHeaders({ ...headers, [name]: target.value })}
            className={`${FIELD} text-text`}
          />
        </label>
      ))}
      <PairFields
        pairs={pairs}
        onChange={setPairs}
        nameLabel={t('files.metadataName')}
        addText={t('files.addMetadata')}
        max={MAX_METADATA}
      />
      <p className="text-caption text-muted">
        {keepsVersions ? t('files.metadataNewVersion') : t('files.metadataInPlace')}
      </p>
      <FormError error={put.error} />
      <FormButtons isPending={put.isPending} onCancel={onClose} />
    </Form>
  );
}
