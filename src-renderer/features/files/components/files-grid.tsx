import { useDensity } from '../../../lib/display.ts';
import { viewOf } from '../address.ts';
import { useScroll } from '../hooks/use-scroll.ts';
import { rowsInSight } from '../rows/scroll-map.ts';
import { GridRow } from './grid-row.tsx';
import { type FilesListProps, HEAD_PX, ListFrame } from './list-frame.tsx';

const ROW_PX = { normal: 36, compact: 28 };
const ROWS_BEYOND = 8;

/** The list: one row below the other. */
export function FilesGrid(props: FilesListProps) {
  const rowPx = viewOf(props.search, useDensity()) === 'compact' ? ROW_PX.compact : ROW_PX.normal;
  const scroll = useScroll(props.list.total, rowPx, HEAD_PX);
  return (
    <ListFrame
      {...props}
      scroll={scroll}
      columns={1}
      look="row"
      {...rowsInSight(scroll.place, scroll.size, ROWS_BEYOND)}
      renderRow={(row) => <GridRow key={row.index} {...row} />}
    />
  );
}
