import { Button } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { useOperations } from '../features/operations/api/operations-api.ts';
import { OperationList } from '../features/operations/components/operation-list.tsx';
import { t } from '../lib/i18n.ts';

/** What was done to files and folders, what runs, and the way back. */
export function OperationsPage() {
  const list = useOperations();
  const operations = list.data?.pages.flatMap((page) => page.operations) ?? [];
  return (
    <>
      <PageHead title={t('operations.title')} />
      {list.isPending && <LoadingRows />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && operations.length === 0 && (
        <EmptyState title={t('operations.listEmptyTitle')} text={t('operations.listEmptyText')} />
      )}
      {operations.length > 0 && <OperationList operations={operations} />}
      {list.hasNextPage && (
        <div className="px-4 py-4 sm:px-6">
          <Button onPress={() => void list.fetchNextPage()} isPending={list.isFetchingNextPage}>
            {t('operations.more')}
          </Button>
        </div>
      )}
    </>
  );
}
