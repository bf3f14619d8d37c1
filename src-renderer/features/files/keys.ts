import type { FilesAction, FilesTarget } from './extension.ts';

/** Of a `KeyboardEvent`. */
interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The row that a key moves to; undefined for keys that move nowhere. */
export function moveOfKey(
  { key, altKey, ctrlKey, metaKey }: KeyPress,
  active: number | undefined,
  total: number,
  pageRows: number,
): number | undefined {
  if (altKey || total === 0) return undefined;
  const step = ctrlKey || metaKey ? total : 1;
  const from = active ?? -1;
  const to = { ArrowDown: from + step, ArrowUp: from - step, PageDown: from + pageRows, PageUp: from - pageRows }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return total - 1;
  return to === undefined ? undefined : Math.min(total - 1, Math.max(0, to));
}

/** The action that the key stands for, where it is offered for the target. */
export function actionOfKey(press: KeyPress, actions: readonly FilesAction[], target: FilesTarget) {
  if (press.altKey) return undefined;
  const mod = press.ctrlKey || press.metaKey ? 'mod+' : '';
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  return actions.find(({ shortcut, isOffered }) => shortcut === `${mod}${key}` && isOffered(target));
}
