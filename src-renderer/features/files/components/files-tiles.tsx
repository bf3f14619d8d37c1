import { type KeyboardEvent, useRef } from 'react';
import { useColumns } from '../hooks/use-columns.ts';
import { useScroll } from '../hooks/use-scroll.ts';
import { rowsInSight } from '../rows/scroll-map.ts';
import { FileTile } from './file-tile.tsx';
import { type FilesListProps, HEAD_PX, ListFrame } from './list-frame.tsx';

/** Tiles are at least so wide; two stand side by side on a phone. */
const TILE_WIDTH_PX = 168;
const TILE_HEIGHT_PX = 196;
const LINES_BEYOND = 2;

/** The list as pictures: the same rows, keys and selection, so many of them side by side as there is room for. */
export function FilesTiles(props: FilesListProps) {
  const { total } = props.list;
  const element = useRef<HTMLDivElement | null>(null);
  const columns = useColumns(element, TILE_WIDTH_PX);
  const scroll = useScroll(Math.ceil(total / columns), TILE_HEIGHT_PX, HEAD_PX, element);
  const lines = rowsInSight(scroll.place, scroll.size, LINES_BEYOND);
  return (
    <ListFrame
      {...props}
      scroll={scroll}
      columns={columns}
      look="tile"
      first={lines.first * columns}
      end={Math.min(total, lines.end * columns)}
      onOwnKey={(event) => moveBetweenTiles(event, props, columns)}
      renderRow={(row) => (
        <FileTile
          key={row.index}
          {...row}
          leftPercent={((row.index % columns) * 100) / columns}
          widthPercent={100 / columns}
        />
      )}
    />
  );
}

/** Left and right go to the tile beside, up and down to the one above or below; true where the key was one of these. */
function moveBetweenTiles(
  event: KeyboardEvent,
  { list, store, onShow, isReadOnly }: FilesListProps,
  columns: number,
): boolean {
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
  if (event.shiftKey && isReadOnly !== true) {
    list.extendTo(to);
    return true;
  }
  list.move(to);
  const row = store.rowAt(to);
  if (row !== undefined) onShow(row, to, false);
  return true;
}
