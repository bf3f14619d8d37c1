import type { KeyboardEvent } from 'react';
import { rowElementId } from './components/grid-roles.ts';
import type { FilesListProps } from './components/list-frame.tsx';
import type { RowMenuPlace } from './components/row-menu.tsx';
import { entryId } from './entry.ts';
import type { FilesTarget } from './extension.ts';
import { entryOf } from './hooks/use-files-list.ts';
import { actionOfKey, moveOfKey } from './keys.ts';
import type { ListRow } from './rows/row-store.ts';
import { isSelected, targetOf } from './selection.ts';

/** A menu on a selected row is about the whole selection. */
export function menuTarget(row: ListRow, { list, prefix }: FilesListProps): FilesTarget {
  const items = entryOf(row);
  const [entry] = items;
  const whole = targetOf(list.selection, prefix, list.total);
  const isPart = entry !== undefined && isSelected(list.selection, entryId(entry));
  return isPart && whole !== undefined ? whole : { kind: 'items', items };
}

/** A row's box that was ticked has the focus; but for what ticks it, keys still mean the list. */
export function isKeyForList({ target, key }: KeyboardEvent): boolean {
  return target instanceof HTMLInputElement && target.tabIndex < 0 && key !== ' ' && key !== 'Enter';
}

/** True where the key meant something here. */
export function handleKey(
  event: KeyboardEvent,
  props: FilesListProps,
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
