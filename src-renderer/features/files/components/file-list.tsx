import { useNavigate } from '@tanstack/react-router';
import { File, Folder } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Collection,
  GridList,
  GridListItem,
  GridListLoadMoreItem,
  ListLayout,
  type Selection,
  Virtualizer,
} from 'react-aria-components';
import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { Checkbox } from '../../../components/checkbox.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { splatOf } from '../../../lib/file-address.ts';
import { t } from '../../../lib/i18n.ts';
import { entryId, nameOf, typeOf } from '../entry.ts';
import type { FilesAction } from '../extension.ts';
import { RowMenu } from './row-menu.tsx';

const ROW_PX = 36;
const COLUMNS = 'grid grid-cols-[24px_minmax(0,1fr)_88px_36px] md:grid-cols-[24px_minmax(0,1fr)_96px_140px_96px_36px]';

interface FileListProps {
  readonly bucket: string;
  readonly prefix: string;
  readonly entries: readonly FolderEntry[];
  readonly selected: Selection;
  readonly onSelect: (selected: Selection) => void;
  readonly actions: readonly FilesAction[];
  readonly onOpen: (entry: FolderEntry) => void;
  readonly thumbnail: ((entry: FolderEntry) => ReactNode) | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly onLoadMore: () => void;
}

/** The rows of a folder; only those in sight are in the page. Folders open, files are selected. */
export function FileList(props: FileListProps) {
  const { entries, prefix } = props;
  const navigate = useNavigate();
  const open = (folder: string) =>
    void navigate({ to: '/files/$bucket/$', params: { bucket: props.bucket, _splat: splatOf(folder) } });
  const folders = entries.flatMap((entry) => (entry.kind === 'folder' ? [entryId(entry)] : []));
  return (
    <div className="flex min-h-0 flex-1 flex-col border-line border-t">
      <ListHead {...props} />
      <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: ROW_PX, loaderHeight: ROW_PX }}>
        <GridList
          aria-label={t('files.list')}
          selectionMode="multiple"
          selectedKeys={props.selected}
          onSelectionChange={props.onSelect}
          disabledKeys={folders}
          disabledBehavior="selection"
          className="min-h-0 flex-1 overflow-y-auto outline-none"
        >
          <Collection items={entries.map((entry) => ({ id: entryId(entry), entry }))}>
            {({ entry }) => (
              <GridListItem
                textValue={nameOf(entry, prefix)}
                onAction={() => (entry.kind === 'folder' ? open(entry.prefix) : props.onOpen(entry))}
                className={`row-focus ${COLUMNS} h-9 cursor-default items-center border-line border-b px-4 text-table hover:bg-sunken data-[selected]:bg-accent-soft sm:px-6`}
              >
                <Row entry={entry} prefix={prefix} actions={props.actions} thumbnail={props.thumbnail} />
              </GridListItem>
            )}
          </Collection>
          <GridListLoadMoreItem
            isLoading={props.isLoadingMore}
            onLoadMore={() => {
              if (props.hasMore) props.onLoadMore();
            }}
            className="flex h-9 items-center px-6 text-muted text-table"
          >
            {t('common.loading')}
          </GridListLoadMoreItem>
        </GridList>
      </Virtualizer>
    </div>
  );
}

function ListHead({ entries, selected, onSelect }: FileListProps) {
  const files = entries.filter((entry) => entry.kind === 'file').map(entryId);
  const count = selected === 'all' ? files.length : selected.size;
  return (
    <div className={`${COLUMNS} h-9 shrink-0 items-center bg-sunken px-4 font-medium text-caption text-muted sm:px-6`}>
      <Checkbox
        aria-label={t('files.selectAll')}
        isSelected={count > 0 && count === files.length}
        isIndeterminate={count > 0 && count < files.length}
        isDisabled={files.length === 0}
        onChange={(all) => onSelect(new Set(all ? files : []))}
      />
      <span className="px-2">{t('files.name')}</span>
      <span className="text-right">{t('common.size')}</span>
      <span className="hidden pl-6 md:block">{t('files.changed')}</span>
      <span className="hidden md:block">{t('files.type')}</span>
    </div>
  );
}

interface RowProps {
  readonly entry: FolderEntry;
  readonly prefix: string;
  readonly actions: readonly FilesAction[];
  readonly thumbnail: ((entry: FolderEntry) => ReactNode) | undefined;
}

function Row({ entry, prefix, actions, thumbnail }: RowProps) {
  const name = nameOf(entry, prefix);
  const Icon = entry.kind === 'folder' ? Folder : File;
  return (
    <>
      {entry.kind === 'file' ? <Checkbox slot="selection" /> : <span />}
      <span className="flex min-w-0 items-center gap-2 px-2" title={name}>
        {thumbnail?.(entry) ?? (
          <Icon size={16} aria-hidden="true" className={`shrink-0 ${entry.kind === 'folder' ? '' : 'text-muted'}`} />
        )}
        <span className={`truncate ${entry.kind === 'folder' ? 'font-medium' : ''}`}>{name}</span>
      </span>
      <span className="text-right">{entry.kind === 'file' && <Bytes bytes={entry.sizeBytes} />}</span>
      <span className="hidden truncate pl-6 text-muted md:block">
        {entry.kind === 'file' && <Moment atMs={entry.modifiedAtMs} />}
      </span>
      <span className="hidden truncate text-muted md:block">
        {entry.kind === 'folder' ? t('files.folder') : typeOf(entry.key)}
      </span>
      <RowMenu entry={entry} name={name} actions={actions} />
    </>
  );
}
