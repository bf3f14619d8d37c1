import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { useDensity } from '../../../lib/display.ts';
import { t } from '../../../lib/i18n.ts';
import { type FilesSearch, type SortColumn, viewOf } from '../address.ts';
import { entryId } from '../entry.ts';
import type { FilesAction, FilesTarget } from '../extension.ts';
import { entryOf, type FilesListState } from '../hooks/use-files-list.ts';
import { useScroll } from '../hooks/use-scroll.ts';
import { actionOfKey, moveOfKey } from '../keys.ts';
import type { ListRow, RowStore } from '../rows/row-store.ts';
import { contentPx, rowsInSight, topOf } from '../rows/scroll-map.ts';
import { isSelected, targetOf } from '../selection.ts';
import { GridHead } from './grid-head.tsx';
import { gridRole, ROW_GROUP, rowElementId } from './grid-roles.ts';
import { GridRow } from './grid-row.tsx';
import { RowMenu, type RowMenuPlace } from './row-menu.tsx';

const ROW_PX = { normal: 36, compact: 28 };
const HEAD_PX = 36;
const ROWS_BEYOND = 8;

export interface FilesGridProps {
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

/** The list: as many rows as fit are in the page, whatever the folder holds. One stop for Tab; arrows move inside. */
export function FilesGrid(props: FilesGridProps) {
  const { store, list, search, prefix, actions } = props;
  const { total, active, selection } = list;
  const rowPx = viewOf(search, useDensity()) === 'compact' ? ROW_PX.compact : ROW_PX.normal;
  const scroll = useScroll(total, rowPx, HEAD_PX);
  const { first, end } = rowsInSight(scroll.place, scroll.size, ROWS_BEYOND);
  const [menu, setMenu] = useState<RowMenuPlace>();
  useEffect(() => store.need(first, end), [store, first, end]);
  const { show, toStart } = scroll;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its first row
  useLayoutEffect(() => toStart(), [store.id]);
  useLayoutEffect(() => {
    if (active !== undefined) show(active);
  }, [active, show]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget && !isKeyForList(event)) return;
    if (handleKey(event, props, Math.max(1, Math.floor(scroll.size.viewportPx / rowPx) - 1), setMenu)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const activeRow = active !== undefined && active >= first && active < end ? active : undefined;
  const indexes = Array.from({ length: end - first }, (_, i) => first + i);
  return (
    <>
      <div
        ref={scroll.element}
        {...gridRole({ label: t('files.list'), rows: total, isMultiple: props.isReadOnly !== true, activeRow })}
        {...{ onScroll: scroll.onScroll, onKeyDown }}
        className={`${active === undefined ? 'row-focus' : 'row-has-focus'} group/grid min-h-48 flex-1 overflow-y-auto border-line border-t`}
      >
        <GridHead {...props} />
        <div className="relative" {...ROW_GROUP} style={{ height: contentPx(scroll.size) }}>
          {indexes.map((index) => {
            const { row, entry, id } = rowOf(store, index);
            return (
              <GridRow
                key={index}
                row={row}
                index={index}
                prefix={prefix}
                top={topOf(index, scroll.place, scroll.size)}
                heightPx={rowPx}
                isActive={index === active}
                isShown={id !== undefined && id === props.shownId}
                isSelected={id !== undefined && isSelected(selection, id)}
                isReadOnly={props.isReadOnly === true}
                thumbnail={entry === undefined ? undefined : props.thumbnail?.(entry, 'row')}
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
          onClose={() => backToList(setMenu, scroll.element.current)}
        />
      )}
    </>
  );
}

/** A row of the store, and what actions know it by. */
export function rowOf(store: RowStore, index: number) {
  const row = store.rowAt(index);
  const [entry] = row === undefined ? [] : entryOf(row);
  return { row, entry, id: entry === undefined ? undefined : entryId(entry) };
}

/** A row's box that was ticked has the focus; but for what ticks it, keys still mean the list. */
export function isKeyForList({ target, key }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement && target.tabIndex < 0 && key !== ' ' && key !== 'Enter';
}

function backToList(setMenu: (menu: undefined) => void, list: HTMLElement | null): void {
  setMenu(undefined);
  list?.focus();
}

/** A menu on a selected row is about the whole selection. */
export function menuTarget(row: ListRow, { list, prefix }: FilesGridProps): FilesTarget {
  const items = entryOf(row);
  const [entry] = items;
  const whole = targetOf(list.selection, prefix, list.total);
  const isPart = entry !== undefined && isSelected(list.selection, entryId(entry));
  return isPart && whole !== undefined ? whole : { kind: 'items', items };
}

/** True where the key meant something here. */
export function handleKey(
  event: KeyboardEvent,
  props: FilesGridProps,
  pageRows: number,
  openMenu: (place: RowMenuPlace) => void,
): boolean {
  const { list, store, actions, prefix } = props;
  const { active, total } = list;
  const row = active === undefined ? undefined : store.rowAt(active);
  const to = moveOfKey(event, active, total, pageRows);
  if (to !== undefined) {
    if (event.shiftKey && props.isReadOnly !== true) list.extendTo(to);
    else {
      list.move(to);
      const next = store.rowAt(to);
      if (next !== undefined) props.onShow(next, to, false);
    }
    return true;
  }
  const mod = event.ctrlKey || event.metaKey;
  if (event.key === 'Escape') {
    props.onEscape();
    return true;
  }
  if (event.key === 'Backspace' || (event.altKey && event.key === 'ArrowUp')) {
    props.onUp();
    return true;
  }
  if (mod && event.key === 'a' && props.isReadOnly !== true) {
    list.selectAll();
    return true;
  }
  if (row !== undefined && active !== undefined) {
    if ((event.key === 'x' && !mod) || (event.key === ' ' && (mod || row.kind !== 'file'))) {
      if (props.isReadOnly !== true) list.toggleAt(active);
      return true;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      props.onOpen(row, active);
      return true;
    }
    if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
      const box = document.getElementById(rowElementId(active))?.getBoundingClientRect();
      openMenu({ row, x: (box?.left ?? 0) + 48, y: box?.bottom ?? 0 });
      return true;
    }
  }
  const target = targetOf(list.selection, prefix, total) ?? (row === undefined ? undefined : menuTarget(row, props));
  const action = target === undefined ? undefined : actionOfKey(event, actions, target);
  if (target === undefined || action === undefined) return false;
  action.run(target);
  return true;
}
