import { useNavigate } from '@tanstack/react-router';
import { RotateCcw, X } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { PastEntry } from '../../../src-server/contract/folder-history.ts';
import { Button } from '../../components/button.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../../components/states.tsx';
import { toast } from '../../components/toast.tsx';
import { WideText } from '../../components/wide-text.tsx';
import { errorText } from '../../lib/error-text.ts';
import { splatOf } from '../../lib/file-address.ts';
import { t } from '../../lib/i18n.ts';
import { failureOf } from '../../lib/query-failure.ts';
import type { FilesPlace } from '../files/extension.ts';
import { runOperation } from '../operations/run-operation.ts';
import { itemOf, type PastItem, usePastFolder } from './api/past-api.ts';
import { entryIdOf, PastList } from './components/past-list.tsx';
import { RewindDialog } from './components/rewind-dialog.tsx';
import { TimeBar } from './components/time-bar.tsx';

const PreviewDialog = lazy(async () => ({
  default: (await import('../preview/components/preview-dialog.tsx')).PreviewDialog,
}));

interface PastFolderProps {
  readonly place: FilesPlace;
  readonly title: string;
  readonly atMs: number;
}

type PastFile = Extract<PastEntry, { kind: 'file' }>;

/** A folder as it was at the time that the address says: to look at, to save from, and to bring back. */
export function PastFolder({ place, title, atMs }: PastFolderProps) {
  const { bucket, prefix, mayWrite } = place;
  const navigate = useNavigate({ from: '/files/$bucket/$' });
  const query = usePastFolder({ bucket, prefix, atMs });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<readonly PastItem[]>();
  const [previewed, setPreviewed] = useState<PastFile>();
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const chosen = entries.filter((entry) => selected.has(entryIdOf(entry)));
  const toNow = () => void navigate({ to: '.', search: ({ at: _at, ...rest }) => rest });
  const toTime = (at: number) => {
    setSelected(new Set());
    void navigate({ to: '.', search: (now) => ({ ...now, at }), replace: true });
  };
  const open = (entry: PastEntry) => {
    if (entry.kind === 'file') return setPreviewed(entry);
    const params = { bucket, _splat: splatOf(entry.prefix) };
    void navigate({ to: '/files/$bucket/$', params, search: (now) => ({ view: now.view, at: atMs }) });
  };
  const restore = (exact: boolean) => {
    if (asked === undefined) return;
    setAsked(undefined);
    runOperation({ kind: 'rewind', bucket, items: [...asked], atMs, exact })
      .then(toNow)
      .catch((error: unknown) => toast('error', errorText(error)));
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PageHead title={title}>
        {mayWrite && entries.length > 0 && (
          <Button onPress={() => setAsked([{ kind: 'folder', from: prefix }])}>
            <RotateCcw size={16} aria-hidden="true" /> {t('past.restoreAll')}
          </Button>
        )}
        <Button look="quiet" onPress={toNow}>
          <X size={16} aria-hidden="true" /> <WideText>{t('past.toNow')}</WideText>
        </Button>
      </PageHead>
      <TimeBar bucket={bucket} prefix={prefix} atMs={atMs} onChange={toTime} />
      <PastBody query={query} isEmpty={entries.length === 0}>
        <PastList
          bucket={bucket}
          prefix={prefix}
          entries={entries}
          selected={selected}
          onSelect={mayWrite ? setSelected : undefined}
          onOpen={open}
        />
      </PastBody>
      {chosen.length > 0 && (
        <SelectionBar
          count={chosen.length}
          onRestore={() => setAsked(chosen.map(itemOf))}
          onClear={() => setSelected(new Set())}
        />
      )}
      <RewindDialog bucket={bucket} atMs={atMs} items={asked} onClose={() => setAsked(undefined)} onConfirm={restore} />
      {previewed !== undefined && (
        <PastPreview bucket={bucket} entries={entries} shown={previewed} onShow={setPreviewed} />
      )}
    </div>
  );
}

interface PastBodyProps {
  readonly query: ReturnType<typeof usePastFolder>;
  readonly isEmpty: boolean;
  readonly children: ReactNode;
}

/** The list, or why there is none; more of it on demand. */
function PastBody({ query, isEmpty, children }: PastBodyProps) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, isPlaceholderData } = query;
  // A page without files only says that the server looked at enough: there is nothing to read before the next one.
  const goesOn = isEmpty && hasNextPage && !isPlaceholderData && !isFetchNextPageError;
  useEffect(() => {
    if (goesOn && !isFetchingNextPage) void fetchNextPage();
  }, [goesOn, isFetchingNextPage, fetchNextPage]);
  const failure = failureOf(query);
  if (failure !== null) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  if (query.data === undefined || goesOn) return <LoadingRows />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {!isEmpty && children}
      {isEmpty && !hasNextPage && <EmptyState title={t('past.emptyTitle')} text={t('past.emptyText')} />}
      {hasNextPage && (
        <div className="px-4 py-4 sm:px-6">
          <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {t('past.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

interface SelectionBarProps {
  readonly count: number;
  readonly onRestore: () => void;
  readonly onClear: () => void;
}

function SelectionBar({ count, onRestore, onClear }: SelectionBarProps) {
  return (
    <section
      aria-label={t('files.selection')}
      className="flex shrink-0 flex-wrap items-center gap-1 border-line border-t bg-surface px-4 py-2 sm:px-6"
    >
      <span role="status" className="mr-auto text-table">
        {t('files.selected', { count })}
      </span>
      <Button look="primary" onPress={onRestore}>
        <RotateCcw size={16} aria-hidden="true" /> {t('past.restoreSelected')}
      </Button>
      <Button look="quiet" square aria-label={t('files.clearSelection')} onPress={onClear}>
        <X size={16} aria-hidden="true" />
      </Button>
    </section>
  );
}

interface PastPreviewProps {
  readonly bucket: string;
  readonly entries: readonly PastEntry[];
  readonly shown: PastFile;
  readonly onShow: (file: PastFile | undefined) => void;
}

/** The very version of that time; the arrow keys go through the list. */
function PastPreview({ bucket, entries, shown, onShow }: PastPreviewProps) {
  const files = entries.flatMap((entry) => (entry.kind === 'file' ? [entry] : []));
  const step = async (by: 1 | -1): Promise<boolean> => {
    const next = files[files.findIndex(({ key }) => key === shown.key) + by];
    if (next === undefined) return false;
    onShow(next);
    return true;
  };
  return (
    <Suspense>
      <PreviewDialog
        file={{ bucket, entry: shown, versionId: shown.versionId }}
        onStep={step}
        onClose={() => onShow(undefined)}
      />
    </Suspense>
  );
}
