import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { t } from '../../../lib/i18n.ts';
import type { FilesSearch, SortColumn } from '../address.ts';
import { entryId } from '../entry.ts';
import type { FilesAction } from '../extension.ts';
import { entryOf, type FilesListState } from '../hooks/use-files-list.ts';
import type { useScroll } from '../hooks/use-scroll.ts';
import { handleKey, isKeyForList, menuTarget } from '../list-keys.ts';
import type { ListRow, RowStore } from '../rows/row-store.ts';
import { contentPx, topOf } from '../rows/scroll-map.ts';
import { isSelected } from '../selection.ts';
import { GridHead } from './grid-head.tsx';
import { gridRole, ROW_GROUP } from './grid-roles.ts';
import type { GridRowProps } from './grid-row.tsx';
import { RowMenu, type RowMenuPlace } from './row-menu.tsx';

/** Of the names of the columns, which stay at the top. */
export const HEAD_PX = 36;

/** What a list of files is given, however it shows them. */
export interface FilesListProps {
  readonly store: RowStore;
  readonly list: FilesListState;
  readonly prefix: string;
  readonly search: Pick<FilesSearch, 'sort' | 'order' | 'view'>;
  readonly actions: readonly FilesAction[];
  readonly thumbnail: ((entry: FolderEntry, look: 'row' | 'tile') => ReactNode) | undefined;
  /** Of the row whose details are shown. */
  readonly shownId: string | undefined;
  readonly onSort: (by: SortColumn) => void;
  /** Enter, Space or a press on the name. */
  readonly onOpen: (row: ListRow, index: number) => void;
  /** The row became the active one, by a press or by an arrow. */
  readonly onShow: (row: ListRow, index: number, isPress: boolean) => void;
  readonly onUp: () => void;
  readonly onEscape: () => void;
  /** Set where rows cannot be selected. */
  readonly isReadOnly?: boolean;
}

interface ListFrameProps extends FilesListProps {
  /** Over lines, of which each has `columns` rows side by side. */
  readonly scroll: ReturnType<typeof useScroll>;
  readonly columns: number;
  readonly look: 'row' | 'tile';
  /** The rows that are in the page. */
  readonly first: number;
  readonly end: number;
  /** Keys that mean something else here than in every list; true where this one did. */
  readonly onOwnKey?: (event: KeyboardEvent) => boolean;
  readonly renderRow: (props: GridRowProps) => ReactNode;
}

/** What every list of files has: the rows in sight, whatever the folder holds; keys, selection and one menu. One stop for Tab. */
export function ListFrame(props: ListFrameProps) {
  const { store, list, scroll, columns, look, first, end, actions } = props;
  const { total, active } = list;
  const [menu, setMenu] = useState<RowMenuPlace>();
  useEffect(() => store.need(first, end), [store, first, end]);
  const { show, toStart } = scroll;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its first row
  useLayoutEffect(() => toStart(), [store.id]);
  useLayoutEffect(() => {
    if (active !== undefined) show(Math.floor(active / columns));
  }, [active, columns, show]);

  const onKeyDown = (event: KeyboardEvent) => {
    // A button inside has its own keys.
    if (event.target !== event.currentTarget && !isKeyForList(event)) return;
    const pageLines = Math.floor(scroll.size.viewportPx / scroll.size.rowPx) - (look === 'row' ? 1 : 0);
    const isTaken =
      props.onOwnKey?.(event) === true || handleKey(event, props, Math.max(1, pageLines) * columns, setMenu);
    if (!isTaken) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const closeMenu = () => {
    setMenu(undefined);
    scroll.element.current?.focus();
  };
  const activeRow = active !== undefined && active >= first && active < end ? active : undefined;
  return (
    <>
      <div
        ref={scroll.element}
        {...gridRole({ label: t('files.list'), rows: total, isMultiple: props.isReadOnly !== true, activeRow })}
        {...{ onScroll: scroll.onScroll, onKeyDown }}
        className={`${active === undefined ? 'row-focus' : 'row-has-focus'} group/grid min-h-48 flex-1 overflow-y-auto border-line border-t`}
      >
        <GridHead {...props} />
        <div
          className={look === 'tile' ? 'relative mx-1 sm:mx-4' : 'relative'}
          {...ROW_GROUP}
          style={{ height: contentPx(scroll.size) }}
        >
          {Array.from({ length: end - first }, (_, i) => props.renderRow(rowAt(first + i, props, setMenu)))}
        </div>
      </div>
      {menu !== undefined && (
        <RowMenu place={menu} target={menuTarget(menu.row, props)} actions={actions} onClose={closeMenu} />
      )}
    </>
  );
}

function rowAt(index: number, props: ListFrameProps, onMenu: GridRowProps['onMenu']): GridRowProps {
  const { store, list, scroll, columns, look, prefix, onOpen, onShow } = props;
  const row = store.rowAt(index);
  const [entry] = row === undefined ? [] : entryOf(row);
  const id = entry === undefined ? undefined : entryId(entry);
  return {
    row,
    index,
    prefix,
    top: topOf(Math.floor(index / columns), scroll.place, scroll.size),
    heightPx: scroll.size.rowPx,
    isActive: index === list.active,
    isShown: id !== undefined && id === props.shownId,
    isSelected: id !== undefined && isSelected(list.selection, id),
    isReadOnly: props.isReadOnly === true,
    thumbnail: entry === undefined ? undefined : props.thumbnail?.(entry, look),
    list,
    onOpen,
    onShow,
    onMenu,
  };
}
