import { useQuery } from '@tanstack/react-query';
import { Bytes } from '../../../components/moment.tsx';
import { t } from '../../../lib/i18n.ts';
import { useContentReader } from '../api/content.ts';
import { NoZip, readZipListing } from '../parse/zip-listing.ts';
import type { ViewProps } from './preview-body.tsx';
import { PartNote, PreviewError, PreviewLoading, Unshown } from './states.tsx';

/** What is in an archive, read from its directory alone, however large it is. */
export function ArchiveView(props: ViewProps) {
  const { entry, bucket } = props.file;
  const read = useContentReader(props.file);
  const { data, error, refetch } = useQuery({
    queryKey: ['archive', bucket, entry.key, entry.etag],
    queryFn: () => readZipListing(read, entry.sizeBytes),
    retry: false,
  });
  if (error instanceof NoZip || error instanceof RangeError) {
    return <Unshown {...props} reason={t('preview.noArchive')} />;
  }
  if (error !== null) return <PreviewError error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <PreviewLoading />;
  const { entries, count } = data;
  return (
    <>
      <PartNote>
        {entries.length < count
          ? t('preview.partEntries', { shown: entries.length, count })
          : t('preview.entries', { count })}
      </PartNote>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        aria-label={t('preview.archive')}
        className="row-focus min-h-0 flex-1 overflow-auto bg-surface"
      >
        <table className="w-full table-fixed text-table">
          <thead className="sr-only">
            <tr>
              <th>{t('preview.name')}</th>
              <th>{t('common.size')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ name, sizeBytes, isFolder }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an archive may have one name twice
              <tr key={index}>
                <td title={name} className="truncate border-line border-b px-4 py-1.5 sm:px-6">
                  {name}
                </td>
                <td className="w-28 border-line border-b px-4 py-1.5 text-right text-muted">
                  {!isFolder && <Bytes bytes={sizeBytes} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
