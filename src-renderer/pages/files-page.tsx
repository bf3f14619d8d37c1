import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Selection } from 'react-aria-components';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { toast } from '../components/toast.tsx';
import { useBuckets } from '../features/buckets/api/use-buckets.ts';
import { download } from '../features/files/api/download.ts';
import { useFolder } from '../features/files/api/use-folder.ts';
import { BulkBar } from '../features/files/components/bulk-bar.tsx';
import { DeleteFilesDialog } from '../features/files/components/delete-files-dialog.tsx';
import { FileList } from '../features/files/components/file-list.tsx';
import { UploadButton } from '../features/files/components/upload-button.tsx';
import { entryId } from '../features/files/entry.ts';
import { useFileDrop } from '../features/files/hooks/use-file-drop.ts';
import { type FileToUpload, upload } from '../features/uploads/hooks/upload-queue.ts';
import { errorText } from '../lib/error-text.ts';
import { t } from '../lib/i18n.ts';

/** A folder of a bucket; which one stands in the address. */
export function FilesPage() {
  const { bucket, _splat = '' } = useParams({ from: '/frame/files/$bucket/$' });
  const prefix = _splat === '' ? '' : `${_splat.replace(/\/$/, '')}/`;
  return <FolderView key={`${bucket}/${prefix}`} bucket={bucket} prefix={prefix} />;
}

function FolderView({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }) {
  const folder = useFolder(bucket, prefix);
  const summary = useBuckets().data?.find(({ name }) => name === bucket);
  const mayWrite = summary?.mayWrite ?? false;
  const [selected, setSelected] = useState<Selection>(new Set());
  const [isDeleting, setDeleting] = useState(false);
  const take = (files: readonly FileToUpload[]) => upload(bucket, prefix, files);
  const drop = useFileDrop(take, mayWrite);
  const entries = folder.data?.pages.flatMap((page) => page.entries) ?? [];
  const chosen = entries.filter(isFile).filter((entry) => selected === 'all' || selected.has(entryId(entry)));
  const keys = chosen.map(({ key }) => key);
  const clear = () => setSelected(new Set());
  return (
    <div className={`flex min-h-0 flex-1 flex-col ${drop.isOver ? 'bg-accent-soft' : ''}`} {...drop.handlers}>
      <PageHead title={prefix === '' ? bucket : (prefix.split('/').at(-2) ?? bucket)}>
        {mayWrite && folder.isSuccess && <UploadButton onFiles={take} />}
      </PageHead>
      {folder.isPending && <LoadingRows />}
      {folder.isError && <ErrorState error={folder.error} onRetry={() => void folder.refetch()} />}
      {folder.isSuccess && entries.length === 0 && (
        <EmptyState title={t('files.emptyTitle')} text={mayWrite ? t('files.emptyText') : t('files.emptyTextOther')} />
      )}
      {entries.length > 0 && (
        <FileList
          bucket={bucket}
          prefix={prefix}
          entries={entries}
          selected={selected}
          onSelect={setSelected}
          onDownload={(key) => void save(bucket, [key])}
          hasMore={folder.hasNextPage}
          isLoadingMore={folder.isFetchingNextPage}
          onLoadMore={() => void folder.fetchNextPage()}
        />
      )}
      {chosen.length > 0 && (
        <BulkBar
          count={chosen.length}
          sizeBytes={chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)}
          mayWrite={mayWrite}
          onDownload={() => void save(bucket, keys)}
          onDelete={() => setDeleting(true)}
          onClear={clear}
        />
      )}
      <DeleteFilesDialog
        bucket={bucket}
        keys={keys}
        keepsVersions={summary?.versioning === 'enabled'}
        isOpen={isDeleting}
        onClose={() => setDeleting(false)}
        onDeleted={clear}
      />
    </div>
  );
}

function isFile<E extends { readonly kind: string }>(entry: E): entry is Extract<E, { kind: 'file' }> {
  return entry.kind === 'file';
}

async function save(bucket: string, keys: readonly string[]): Promise<void> {
  try {
    for (const key of keys) await download(bucket, key);
  } catch (error) {
    toast('error', errorText(error));
  }
}
