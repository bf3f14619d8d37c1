import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { Fact, Facts } from '../../../components/facts.tsx';
import { Bytes } from '../../../components/moment.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { formatCount, formatExactBytes, formatExactTime } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { failureOf } from '../../../lib/query-failure.ts';
import { useConnection } from '../../connect/api/use-connection.ts';
import { endpointOf } from '../../connect/endpoint.ts';
import { useFolderSize, useObjectDetails } from '../api/use-details.ts';
import type { FilesPlace } from '../extension.ts';
import { shownName } from '../shown-name.ts';
import { LockSection } from './lock-section.tsx';
import { MetadataSection } from './metadata-section.tsx';
import { ReadersSection } from './readers-section.tsx';
import { TagsSection } from './tags-section.tsx';

interface FileFactsProps {
  readonly place: FilesPlace;
  readonly entry: Extract<FolderEntry, { kind: 'file' }>;
}

/** What the store knows of a file. */
export function FileFacts({ place, entry }: FileFactsProps) {
  const language = useLanguage();
  const { bucket, mayWrite } = place;
  const query = useObjectDetails(bucket, entry.key);
  const { data: details } = query;
  const failure = failureOf(query);
  if (failure !== null) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  if (details === undefined) return <LoadingRows />;
  const { checksum } = details;
  return (
    <div className="flex flex-col gap-4">
      <Facts>
        <KeyFacts bucket={bucket} name={entry.key} />
        <Fact name={t('common.size')}>
          <Size bytes={details.sizeBytes} />
        </Fact>
        <Fact name={t('files.changed')}>{formatExactTime(details.modifiedAtMs, language)}</Fact>
        <Fact name={t('files.storageClass')}>
          {details.storageClass} · {details.isEncrypted ? t('files.encrypted') : t('files.notEncrypted')}
        </Fact>
        <Fact name={t('files.etag')} mono copy={details.etag}>
          {details.etag}
        </Fact>
        {checksum !== null && (
          <Fact
            name={checksum.algorithm + (checksum.isComposite ? ` (${t('files.ofParts')})` : '')}
            mono
            copy={checksum.value}
          >
            {checksum.value}
          </Fact>
        )}
        {details.versionId !== null && (
          <Fact name={t('files.version')} mono copy={details.versionId}>
            {details.versionId}
          </Fact>
        )}
      </Facts>
      <LockSection bucket={bucket} objectKey={entry.key} mayWrite={mayWrite} />
      <TagsSection
        key={`tags ${details.key} ${details.versionId}`}
        bucket={bucket}
        details={details}
        mayWrite={mayWrite}
      />
      <MetadataSection
        key={`metadata ${details.key} ${details.versionId}`}
        bucket={bucket}
        details={details}
        mayWrite={mayWrite}
        keepsVersions={place.versioning === 'enabled'}
      />
      <ReadersSection bucket={bucket} objectKey={entry.key} />
    </div>
  );
}

/** A folder is what keys have in common: it has a size, but nothing of its own. */
export function FolderFacts({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }) {
  const language = useLanguage();
  const { data, error, refetch } = useFolderSize(bucket, prefix);
  return (
    <Facts>
      <KeyFacts bucket={bucket} name={prefix} />
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <>
          <Fact name={t('files.filesInside')}>
            {formatCount(data.total, language)}
            {!data.isComplete && ` (${t('files.soFar')})`}
          </Fact>
          <Fact name={t('common.size')}>
            <Size bytes={data.totalBytes} />
          </Fact>
        </>
      )}
    </Facts>
  );
}

/** What stands in other programs for a file or folder. */
export function KeyFacts({ bucket, name }: { readonly bucket: string; readonly name: string }) {
  const connection = useConnection().data;
  const endpoint = connection && endpointOf(connection, location.hostname);
  const address = `s3://${bucket}/${name}`;
  const url =
    endpoint === undefined ? undefined : `${endpoint}/${bucket}/${name.split('/').map(encodeURIComponent).join('/')}`;
  return (
    <>
      <Fact name={t('files.key')} mono copy={name}>
        {shownName(name)}
      </Fact>
      <Fact name={t('files.address')} mono copy={address}>
        {shownName(address)}
      </Fact>
      {url !== undefined && (
        <Fact name={t('files.url')} mono copy={url}>
          {url}
        </Fact>
      )}
    </>
  );
}

/** Rounded and exact; below a kilobyte the two are the same. */
function Size({ bytes }: { readonly bytes: number }) {
  const language = useLanguage();
  return (
    <>
      {bytes >= 1000 && (
        <>
          <Bytes bytes={bytes} /> ·{' '}
        </>
      )}
      {formatExactBytes(bytes, language)}
    </>
  );
}
