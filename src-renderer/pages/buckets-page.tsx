import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { useBuckets } from '../features/buckets/api/use-buckets.ts';
import { BucketTable } from '../features/buckets/components/bucket-table.tsx';
import { CreateBucketDialog } from '../features/buckets/components/create-bucket-dialog.tsx';
import { DeleteBucketDialog } from '../features/buckets/components/delete-bucket-dialog.tsx';
import { useSession } from '../features/session/api/use-session.ts';
import { t } from '../lib/i18n.ts';

export function BucketsPage() {
  const buckets = useBuckets();
  const session = useSession();
  const [isCreating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<string>();
  const role = session.data?.role;
  const mayCreate = role !== undefined && role !== 'readonly' && role !== 'none';
  const createButton = mayCreate && (
    <Button look="primary" onPress={() => setCreating(true)}>
      <Plus size={16} aria-hidden="true" /> {t('buckets.create')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('buckets.title')}>{buckets.data?.length !== 0 && createButton}</PageHead>
      {buckets.isPending && <LoadingRows />}
      {buckets.isError && <ErrorState error={buckets.error} onRetry={() => void buckets.refetch()} />}
      {buckets.data?.length === 0 && (
        <EmptyState
          title={t('buckets.emptyTitle')}
          text={mayCreate ? t('buckets.emptyText') : t('buckets.emptyTextOther')}
        >
          {createButton}
        </EmptyState>
      )}
      {buckets.data !== undefined && buckets.data.length > 0 && (
        <BucketTable buckets={buckets.data} onDelete={mayCreate ? setDeleting : undefined} />
      )}
      <CreateBucketDialog isOpen={isCreating} onClose={() => setCreating(false)} />
      <DeleteBucketDialog bucket={deleting} onClose={() => setDeleting(undefined)} />
    </>
  );
}
