import { Ellipsis } from 'lucide-react';
import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { Button } from '../../../components/button.tsx';
import { Menu, MenuItem } from '../../../components/menu.tsx';
import { t } from '../../../lib/i18n.ts';
import type { FilesAction, FilesTarget } from '../extension.ts';

interface RowMenuProps {
  readonly entry: FolderEntry;
  readonly name: string;
  readonly actions: readonly FilesAction[];
}

/** What can be done with one row; nothing where that is nothing. */
export function RowMenu({ entry, name, actions }: RowMenuProps) {
  const target: FilesTarget = { kind: 'items', items: [entry] };
  const offered = actions.filter((action) => action.isOffered(target));
  if (offered.length === 0) return <span />;
  const button = (
    <Button look="quiet" square aria-label={t('files.actionsOf', { name })}>
      <Ellipsis size={16} aria-hidden="true" />
    </Button>
  );
  return (
    <Menu button={button} label={t('files.actionsOf', { name })}>
      {offered.map((action) => (
        <MenuItem key={action.id} text={action.label} onAction={() => action.run(target)}>
          <action.icon size={16} aria-hidden="true" /> {action.label}
        </MenuItem>
      ))}
    </Menu>
  );
}
