import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../../../lib/i18n.ts';
import { useColumns } from '../hooks/use-columns.ts';
import { useScroll } from '../hooks/use-scroll.ts';
import { contentPx, rowsInSight, topOf } from '../rows/scroll-map.ts';
import { isSelected } from '../selection.ts';
import { FileTile } from './file-tile.tsx';
import { type FilesGridProps, handleKey, isKeyForList, menuTarget, rowOf } from './files-grid.tsx';
import { GridHead } from './grid-head.tsx';
import { gridRole, ROW_GROUP } from './grid-roles.ts';
import { RowMenu, type RowMenuPlace } from './row-menu.tsx';

/** Tiles are at least so wide; two stand side by side on a phone. */
const TILE_WIDTH_PX = 168;
const TILE_HEIGHT_PX = 196;
const HEAD_PX = 36;
const LINES_BEYOND = 2;

/** The list as pictures: the same rows, keys and selection, so many of them side by side as there is room for. */
export function FilesTiles(props: FilesGridProps) {
  const { store, list, actions } = props;
  const { total, active } = list;
  const element = useRef<HTMLDivElement | null>(null);
  const columns = useColumns(element, TILE_WIDTH_PX);
  const scroll = useScroll(Math.ceil(total / columns), TILE_HEIGHT_PX, HEAD_PX, element);
  const lines = rowsInSight(scroll.place, scroll.size, LINES_BEYOND);
  const first = lines.first * columns;
  const end = Math.min(total, lines.end * columns);
  const [menu, setMenu] = useState<RowMenuPlace>();
  useEffect(() => store.need(first, end), [store, first, end]);
  const { show } = scroll;
  useLayoutEffect(() => {
    if (active !== undefined) show(Math.floor(active / columns));
  }, [active, columns, show]);
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(scroll.size.viewportPx / TILE_HEIGHT_PX)) * columns;
    const isTaken = moveBetweenTiles(event, props, columns) || handleKey(event, props, page, setMenu);
    if (isTaken) event.preventDefault();
    if (isTaken) event.stopPropagation();
  };
  const activeRow = active !== undefined && active >= first && active < end ? active : undefined;
  return (
    <>
      <div
        ref={element}
        {...gridRole({ label: t('files.list'), rows: total, isMultiple: props.isReadOnly !== true, activeRow })}
        {...{ onScroll: scroll.onScroll, onKeyDown: ofItself(onKeyDown) }}
        className={`${active === undefined ? 'row-focus' : 'row-has-focus'} group/grid min-h-48 flex-1 overflow-y-auto border-line border-t`}
      >
        <GridHead {...props} />
        <div className="relative mx-1 sm:mx-4" {...ROW_GROUP} style={{ height: contentPx(scroll.size) }}>
          {Array.from({ length: end - first }, (_, i) => first + i).map((index) => {
            const { row, entry, id } = rowOf(store, index);
            return (
              <FileTile
                key={index}
                row={row}
                index={index}
                prefix={props.prefix}
                top={topOf(Math.floor(index / columns), scroll.place, scroll.size)}
                leftPercent={((index % columns) * 100) / columns}
                widthPercent={100 / columns}
                heightPx={TILE_HEIGHT_PX}
                isActive={index === active}
                isShown={id !== undefined && id === props.shownId}
                isSelected={id !== undefined && isSelected(list.selection, id)}
                isReadOnly={props.isReadOnly === true}
                thumbnail={entry === undefined ? undefined : props.thumbnail?.(entry, 'tile')}
                list={list}
                onOpen={props.onOpen}
                onShow={props.onShow}
                onMenu={setMenu}
              />
            );
          })}
        </div>
      </div>
      {menu !== undefined && (
        <RowMenu
          place={menu}
          target={menuTarget(menu.row, props)}
          actions={actions}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  );
}

/** Keys pressed on the list itself; a button inside has its own. */
function ofItself(onKeyDown: (event: KeyboardEvent) => void) {
  return (event: KeyboardEvent) => {
    if (event.target === event.currentTarget || isKeyForList(event)) onKeyDown(event);
  };
}

/** Left and right go to the tile beside, up and down to the one above or below; true where the key was one of these. */
function moveBetweenTiles(event: KeyboardEvent, { list, store, onShow }: FilesGridProps, columns: number): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  const step = steps[event.key];
  if (step === undefined) return false;
  const to = list.active === undefined ? 0 : list.active + step;
  if (to < 0 || to >= list.total) return true;
  if (event.shiftKey) {
    list.extendTo(to);
    return true;
  }
  list.move(to);
  const row = store.rowAt(to);
  if (row !== undefined) onShow(row, to, false);
  return true;
}
