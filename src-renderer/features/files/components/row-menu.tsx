import { MenuItem } from '../../../components/menu.tsx';
import { MenuAt } from '../../../components/menu-at.tsx';
import { t } from '../../../lib/i18n.ts';
import type { FilesAction, FilesTarget } from '../extension.ts';
import type { ListRow } from '../rows/row-store.ts';

/** A row whose menu is open, and where in the window. */
export interface RowMenuPlace {
  readonly row: ListRow;
  readonly x: number;
  readonly y: number;
}

interface RowMenuProps {
  readonly place: RowMenuPlace;
  readonly target: FilesTarget;
  readonly actions: readonly FilesAction[];
  readonly onClose: () => void;
}

/** What can be done with a row, or with the selection it belongs to. */
export function RowMenu({ place, target, actions, onClose }: RowMenuProps) {
  const offered = actions.filter((action) => action.isOffered(target));
  if (offered.length === 0) return null;
  return (
    <MenuAt label={t('files.actions')} x={place.x} y={place.y} onClose={onClose}>
      {offered.map((action) => (
        <MenuItem key={action.id} text={action.label} onAction={() => action.run(target)}>
          <action.icon size={16} aria-hidden="true" /> <span className="flex-1">{action.label}</span>
          {action.shortcut !== undefined && (
            <kbd className="text-caption text-muted">{shortcutText(action.shortcut)}</kbd>
          )}
        </MenuItem>
      ))}
    </MenuAt>
  );
}

function shortcutText(shortcut: string): string {
  const key = shortcut.replace('mod+', '');
  const shown = key.length === 1 ? key.toUpperCase() : key === 'Delete' ? t('files.deleteKey') : key;
  return shortcut.startsWith('mod+') ? `Ctrl+${shown}` : shown;
}
