import { Button } from '../../../components/button.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { useOperations } from '../api/operations-api.ts';
import { OperationList } from './operation-list.tsx';

/** Operations of this user, for those who operate the appliance of everybody: the newest first, more when asked for. */
export function OperationsView() {
  const list = useOperations();
  const operations = list.data?.pages.flatMap((page) => page.operations) ?? [];
  return (
    <>
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
