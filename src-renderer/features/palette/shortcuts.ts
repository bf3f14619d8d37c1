import { t } from '../../lib/i18n.ts';

export interface Shortcut {
  /** As they stand on the keys, one after another where several are held. */
  readonly keys: readonly string[];
  readonly what: () => string;
}

/** The keys of one place. */
interface ShortcutGroup {
  readonly where: () => string;
  readonly shortcuts: readonly Shortcut[];
}

const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);
export const COMMAND_KEY = isMac ? '⌘' : 'Ctrl';

/** Every key that does something, by where it does it. */
export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    where: () => t('palette.everywhere'),
    shortcuts: [
      { keys: [COMMAND_KEY, 'K'], what: () => t('palette.keyOpen') },
      { keys: ['?'], what: () => t('palette.keySheet') },
      { keys: ['Esc'], what: () => t('palette.keyClose') },
    ],
  },
  {
    where: () => t('palette.inFiles'),
    shortcuts: [
      { keys: ['↑', '↓'], what: () => t('palette.keyMove') },
      { keys: ['Home', 'End'], what: () => t('palette.keyEnds') },
      { keys: ['Shift', '↓'], what: () => t('palette.keyExtend') },
      { keys: ['X'], what: () => t('palette.keyToggle') },
      { keys: [COMMAND_KEY, 'A'], what: () => t('palette.keyAll') },
      { keys: ['Enter'], what: () => t('palette.keyEnter') },
      { keys: ['Space'], what: () => t('palette.keyPreview') },
      { keys: ['I'], what: () => t('palette.keyDetails') },
      { keys: ['Shift', 'F10'], what: () => t('palette.keyMenu') },
      { keys: ['S'], what: () => t('palette.keyShare') },
      { keys: ['F2'], what: () => t('palette.keyRename') },
      { keys: ['Del'], what: () => t('palette.keyDelete') },
      { keys: ['⌫'], what: () => t('palette.keyUp') },
    ],
  },
  {
    where: () => t('palette.inPreview'),
    shortcuts: [
      { keys: ['←', '→'], what: () => t('palette.keyNeighbour') },
      { keys: ['Space'], what: () => t('palette.keyClosePreview') },
    ],
  },
];
