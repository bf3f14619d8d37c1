import { Ellipsis, File, FileX, Folder } from 'lucide-react';
import { type MouseEvent, memo, type ReactNode } from 'react';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { t } from '../../../lib/i18n.ts';
import { typeOf } from '../entry.ts';
import { dragOf } from '../hooks/use-drag-out.ts';
import type { FilesListState } from '../hooks/use-files-list.ts';
import type { ListRow } from '../rows/row-store.ts';
import { shownName } from '../shown-name.ts';
import { CELL, rowRole } from './grid-roles.ts';
import { PlainCheckbox } from './plain-checkbox.tsx';
import type { RowMenuPlace } from './row-menu.tsx';

export const COLUMNS =
  'grid grid-cols-[24px_minmax(0,1fr)_88px_36px] md:grid-cols-[24px_minmax(0,1fr)_96px_132px_88px_36px]';

export interface GridRowProps {
  /** Undefined: not read yet. */
  readonly row: ListRow | undefined;
  readonly index: number;
  readonly prefix: string;
  readonly top: number;
  readonly heightPx: number;
  readonly isActive: boolean;
  readonly isShown: boolean;
  readonly isSelected: boolean;
  readonly isReadOnly: boolean;
  readonly thumbnail: ReactNode;
  readonly list: FilesListState;
  readonly onOpen: (row: ListRow, index: number) => void;
  readonly onShow: (row: ListRow, index: number, isPress: boolean) => void;
  readonly onMenu: (place: RowMenuPlace) => void;
}

/** One row. Keys are the list's affair; the pointer finds a box, a name that opens, and a menu. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, index, isActive, isSelected, isReadOnly } = props;
  return (
    <div
      {...rowRole(index, isReadOnly ? undefined : isSelected)}
      {...pressOf(props)}
      style={{ top: props.top, height: props.heightPx }}
      className={`${COLUMNS} absolute inset-x-0 cursor-default select-none items-center border-line border-b px-4 text-table sm:px-6 ${isSelected || props.isShown ? 'bg-accent-soft' : 'hover:bg-sunken'} ${isActive ? 'group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 group-focus-visible/grid:outline-accent' : ''}`}
    >
      {row === undefined ? <Waiting /> : <Cells {...props} row={row} />}
    </div>
  );
});

/** What the pointer does on a row, or on a tile that stands for one. */
export function pressOf({ row, index, list, isReadOnly, onOpen, onShow, onMenu }: GridRowProps) {
  return {
    ...dragOf(row),
    onClick: (event: MouseEvent) => {
      if (row === undefined || event.target instanceof HTMLInputElement) return;
      if (event.shiftKey && !isReadOnly) return list.extendTo(index);
      if ((event.ctrlKey || event.metaKey) && !isReadOnly) return list.toggleAt(index);
      list.move(index);
      if (row.kind === 'folder') onOpen(row, index);
      else onShow(row, index, true);
    },
    onDoubleClick: () => {
      if (row?.kind === 'file') onOpen(row, index);
    },
    onContextMenu: (event: MouseEvent) => {
      if (row === undefined || row.kind === 'gone') return;
      event.preventDefault();
      list.move(index);
      onMenu({ row, x: event.clientX, y: event.clientY });
    },
  };
}

function Waiting() {
  return (
    <span {...CELL} className="col-start-2 px-2">
      <span className="block h-3 w-2/5 rounded-control bg-line" />
      <span className="sr-only">{t('common.loading')}</span>
    </span>
  );
}

function Cells(props: GridRowProps & { readonly row: ListRow }) {
  const { row, index, isSelected, isReadOnly, list } = props;
  const { place, name } = partsOf(row, props.prefix);
  const openMenu = (event: MouseEvent) => {
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    list.move(index);
    props.onMenu({ row, x: box.left, y: box.bottom });
  };
  return (
    <>
      <span {...CELL} className="flex">
        {!isReadOnly && row.kind !== 'gone' && (
          <PlainCheckbox
            label={t('files.selectNamed', { name })}
            isSelected={isSelected}
            onToggle={() => list.toggleAt(index)}
          />
        )}
      </span>
      <span {...CELL} className="flex min-w-0 items-center gap-2 px-2" title={place + name}>
        {props.thumbnail ?? <RowIcon kind={row.kind} />}
        <Name {...props} place={place} name={name} />
      </span>
      <span {...CELL} className="text-right">
        {row.kind === 'file' && <Bytes bytes={row.sizeBytes} />}
      </span>
      <span {...CELL} className="hidden truncate pl-6 text-muted md:block">
        {(row.kind === 'file' || row.kind === 'deleted') && <Moment atMs={row.modifiedAtMs} />}
      </span>
      <span {...CELL} className="hidden truncate pl-1 text-muted md:block">
        {typeText(row)}
      </span>
      <span {...CELL}>
        {row.kind !== 'gone' && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t('files.actionsOf', { name })}
            onClick={openMenu}
            className="flex size-7 items-center justify-center rounded-control text-muted hover:bg-line hover:text-text"
          >
            <Ellipsis size={16} aria-hidden="true" />
          </button>
        )}
      </span>
    </>
  );
}

interface NameProps extends GridRowProps {
  readonly row: ListRow;
  readonly place: string;
  readonly name: string;
}

/** The name opens the file; beside it the row is pressed to see its details. */
function Name({ row, index, place, name, onOpen }: NameProps) {
  const shown = <bdi className="min-w-0 truncate">{name}</bdi>;
  // Two boxes, so that where there is no room for both the name stays; heard as the one word that it is.
  const text =
    place === '' ? (
      shown
    ) : (
      <>
        <span className="sr-only">{place + name}</span>
        <span aria-hidden="true" className="flex min-w-0">
          <span className="min-w-0 shrink-[9999] truncate text-muted">{place}</span>
          {shown}
        </span>
      </>
    );
  const look = 'flex min-w-0 whitespace-pre';
  if (row.kind === 'gone') return <s className={`${look} text-muted`}>{text}</s>;
  if (row.kind === 'deleted') return <s className={`${look} text-muted`}>{text}</s>;
  if (row.kind === 'folder') return <span className={`${look} font-medium`}>{text}</span>;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter on the row does it
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <span
      className={`${look} hover:underline`}
      onClick={(event) => {
        if (event.shiftKey || event.ctrlKey || event.metaKey) return;
        event.stopPropagation();
        onOpen(row, index);
      }}
    >
      {text}
    </span>
  );
}

function RowIcon({ kind }: { readonly kind: ListRow['kind'] }) {
  if (kind === 'folder') return <Folder size={16} aria-hidden="true" className="shrink-0" />;
  const Icon = kind === 'file' ? File : FileX;
  return <Icon size={16} aria-hidden="true" className="shrink-0 text-muted" />;
}

function typeText(row: ListRow): string {
  switch (row.kind) {
    case 'folder':
      return t('files.folder');
    case 'deleted':
      return t('files.deletedType');
    case 'gone':
      return t('files.gone');
    case 'file':
      return typeOf(row.key);
  }
}

/** The name, and for what a search found, the folders before it. */
export function partsOf(row: ListRow, prefix: string): { readonly place: string; readonly name: string } {
  const whole = (row.kind === 'folder' ? row.prefix.slice(0, -1) : row.key).slice(prefix.length);
  const cut = row.kind === 'folder' ? 0 : whole.lastIndexOf('/') + 1;
  const place = shownName(whole.slice(0, cut));
  const name = shownName(whole.slice(cut));
  return { place: row.bucket === undefined ? place : `${row.bucket} / ${place}`, name: name === '' ? '/' : name };
}
