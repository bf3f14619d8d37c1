import { Ellipsis, File, FileX, Folder } from 'lucide-react';
import type { MouseEvent } from 'react';
import { Bytes } from '../../../components/moment.tsx';
import { t } from '../../../lib/i18n.ts';
import { typeOf } from '../entry.ts';
import type { ListRow } from '../rows/row-store.ts';
import { CELL, rowRole } from './grid-roles.ts';
import { type GridRowProps, partsOf, pressOf } from './grid-row.tsx';
import { PlainCheckbox } from './plain-checkbox.tsx';

interface FileTileProps extends GridRowProps {
  readonly leftPercent: number;
  readonly widthPercent: number;
}

/** One row of the list as a tile: picture, name, size. */
export function FileTile(props: FileTileProps) {
  const { row, index, isActive, isSelected, isReadOnly } = props;
  const look =
    isSelected || props.isShown ? 'border-accent bg-accent-soft' : 'border-transparent group-hover/tile:bg-sunken';
  const ring = isActive ? 'group-focus-visible/grid:outline-2 group-focus-visible/grid:outline-accent' : '';
  return (
    <div
      {...rowRole(index, isReadOnly ? undefined : isSelected)}
      {...pressOf(props)}
      style={{
        top: props.top,
        height: props.heightPx,
        left: `${props.leftPercent}%`,
        width: `${props.widthPercent}%`,
      }}
      className="group/tile absolute cursor-default select-none p-1.5"
    >
      <div {...CELL} className={`relative flex h-full flex-col rounded-control border p-1.5 ${look} ${ring}`}>
        {row === undefined ? <span className="sr-only">{t('common.loading')}</span> : <Content {...props} row={row} />}
      </div>
    </div>
  );
}

function Content(props: FileTileProps & { readonly row: ListRow }) {
  const { row, index, isSelected, isReadOnly, list, thumbnail } = props;
  const { place, name } = partsOf(row, props.prefix);
  const openMenu = (event: MouseEvent) => {
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    list.move(index);
    props.onMenu({ row, x: box.left, y: box.bottom });
  };
  return (
    <>
      <span className="flex min-h-0 flex-1 items-center justify-center">{thumbnail ?? <TileIcon row={row} />}</span>
      {!isReadOnly && row.kind !== 'gone' && (
        <span className="absolute top-2 left-2 flex rounded-control bg-surface">
          <PlainCheckbox
            label={t('files.selectNamed', { name })}
            isSelected={isSelected}
            onToggle={() => list.toggleAt(index)}
          />
        </span>
      )}
      <span className="mt-1 flex items-center gap-1" title={place + name}>
        <span className="min-w-0 flex-1">
          <span className={`block truncate whitespace-pre text-table ${row.kind === 'folder' ? 'font-medium' : ''}`}>
            <bdi>{name}</bdi>
          </span>
          <span className="block min-h-4 truncate text-caption text-muted">
            {row.kind === 'file' && <Bytes bytes={row.sizeBytes} />}
            {row.kind === 'folder' && t('files.folder')}
            {row.kind === 'deleted' && t('files.deletedType')}
            {row.kind === 'gone' && t('files.gone')}
          </span>
        </span>
        {row.kind !== 'gone' && (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t('files.actionsOf', { name })}
            onClick={openMenu}
            className="flex size-7 shrink-0 items-center justify-center rounded-control text-muted hover:bg-line hover:text-text"
          >
            <Ellipsis size={16} aria-hidden="true" />
          </button>
        )}
      </span>
    </>
  );
}

/** What it is, where there is no picture of it. */
function TileIcon({ row }: { readonly row: ListRow }) {
  if (row.kind === 'folder') return <Folder size={44} strokeWidth={1} aria-hidden="true" />;
  const Icon = row.kind === 'file' ? File : FileX;
  const type = row.kind === 'file' ? typeOf(row.key) : '';
  return (
    <span aria-hidden="true" className="flex flex-col items-center gap-1 text-muted">
      <Icon size={40} strokeWidth={1} />
      <span className="font-mono text-caption">{type === '—' ? '' : type}</span>
    </span>
  );
}
