import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { Fact, Facts } from '../../../components/facts.tsx';
import { Bytes } from '../../../components/moment.tsx';
import { formatExactBytes, formatExactTime } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';

interface FileFactsProps {
  readonly bucket: string;
  readonly entry: Extract<FolderEntry, { kind: 'file' }>;
}

/** What the store knows of a file. */
export function FileFacts({ bucket, entry }: FileFactsProps) {
  const language = useLanguage();
  const address = `s3://${bucket}/${entry.key}`;
  return (
    <Facts>
      <Fact name={t('files.key')} mono copy={entry.key}>
        {entry.key}
      </Fact>
      <Fact name={t('common.size')}>
        <Bytes bytes={entry.sizeBytes} /> · {formatExactBytes(entry.sizeBytes, language)}
      </Fact>
      <Fact name={t('files.changed')}>{formatExactTime(entry.modifiedAtMs, language)}</Fact>
      <Fact name={t('files.etag')} mono copy={entry.etag}>
        {entry.etag}
      </Fact>
      <Fact name={t('files.storageClass')}>{entry.storageClass}</Fact>
      <Fact name={t('files.address')} mono copy={address}>
        {address}
      </Fact>
    </Facts>
  );
}
