import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { ButtonLink } from '../components/button-link.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { toast } from '../components/toast.tsx';
import { useBuckets } from '../features/buckets/api/use-buckets.ts';
import { type OperationOrder, useBin } from '../features/operations/api/operations-api.ts';
import { BinList, binId } from '../features/operations/components/bin-list.tsx';
import { EmptyBinDialog, PurgeDialog } from '../features/operations/components/purge-dialogs.tsx';
import { runOperation } from '../features/operations/run-operation.ts';
import { errorText } from '../lib/error-text.ts';
import { t } from '../lib/i18n.ts';

/** What was deleted in the console and can be had back. */
export function BinPage() {
  const { bucket } = useParams({ from: '/frame/bin/$bucket' });
  return <Bin key={bucket} bucket={bucket} />;
}

function Bin({ bucket }: { readonly bucket: string }) {
  const bin = useBin(bucket);
  const mayWrite = useBuckets().data?.find(({ name }) => name === bucket)?.mayWrite ?? false;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<'purge' | 'empty'>();
  const objects = bin.data?.pages.flatMap((page) => page.objects) ?? [];
  const [first] = bin.data?.pages ?? [];
  const chosen = objects.filter((object) => selected.has(binId(object)));
  const binned = chosen.map(({ batch, key }) => ({ batch, key }));
  const run = (order: OperationOrder) => {
    setAsked(undefined);
    setSelected(new Set());
    runOperation(order).catch((error: unknown) => toast('error', errorText(error)));
  };
  return (
    <>
      <BinHead
        bucket={bucket}
        mayChange={mayWrite && objects.length > 0}
        onRestoreAll={() => run({ kind: 'restore', bucket, binned: 'all', conflict: 'keep-both' })}
        onEmpty={() => setAsked('empty')}
      />
      {bin.isPending && <LoadingRows />}
      {bin.isError && <ErrorState error={bin.error} onRetry={() => void bin.refetch()} />}
      {bin.isSuccess && objects.length === 0 && (
        <EmptyState title={t('operations.binEmptyTitle')} text={t('operations.binEmptyText')} />
      )}
      {first !== undefined && objects.length > 0 && (
        <BinList
          objects={objects}
          keepDays={first.keepDays}
          totalObjects={first.totalObjects}
          totalBytes={first.totalBytes}
          selected={selected}
          onSelect={mayWrite ? setSelected : undefined}
          onRestore={() => run({ kind: 'restore', bucket, binned, conflict: 'keep-both' })}
          onPurge={() => setAsked('purge')}
        />
      )}
      {bin.hasNextPage && (
        <div className="px-4 py-4 sm:px-6">
          <Button onPress={() => void bin.fetchNextPage()} isPending={bin.isFetchingNextPage}>
            {t('operations.more')}
          </Button>
        </div>
      )}
      <PurgeDialog
        count={chosen.length}
        isOpen={asked === 'purge'}
        onClose={() => setAsked(undefined)}
        onConfirm={() => run({ kind: 'purge', bucket, binned })}
      />
      <EmptyBinDialog
        bucket={bucket}
        count={first?.totalObjects ?? 0}
        isOpen={asked === 'empty'}
        onClose={() => setAsked(undefined)}
        onConfirm={() => run({ kind: 'purge', bucket, binned: 'all' })}
      />
    </>
  );
}

interface BinHeadProps {
  readonly bucket: string;
  readonly mayChange: boolean;
  readonly onRestoreAll: () => void;
  readonly onEmpty: () => void;
}

function BinHead({ bucket, mayChange, onRestoreAll, onEmpty }: BinHeadProps) {
  return (
    <PageHead title={t('operations.binTitle', { bucket })}>
      <ButtonLink to="/files/$bucket/$" params={{ bucket, _splat: '' }} look="quiet">
        {t('operations.openFiles')}
      </ButtonLink>
      <ButtonLink to="/operations" look="quiet">
        {t('operations.title')}
      </ButtonLink>
      {mayChange && <Button onPress={onRestoreAll}>{t('operations.restoreAll')}</Button>}
      {mayChange && <Button onPress={onEmpty}>{t('operations.emptyBin')}</Button>}
    </PageHead>
  );
}
