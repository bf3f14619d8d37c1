import { useState } from 'react';
import {
  Dialog as AriaDialog,
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import type { Role } from '../../../../src-server/contract/sessions.ts';
import { t } from '../../../lib/i18n.ts';
import type { PaletteEntry, PaletteGroup } from '../entries.ts';
import { usePaletteGroups } from '../hooks/use-palette-groups.ts';

interface Props {
  readonly role: Role;
  readonly onClose: () => void;
  readonly onShortcuts: () => void;
}

/** Everything by its name: pages, buckets, files of all buckets, what can be done. */
export default function PaletteDialog({ role, onClose, onShortcuts }: Props) {
  const [text, setText] = useState('');
  const groups = usePaletteGroups(text, role, onShortcuts);
  const run = (entry: PaletteEntry): void => {
    onClose();
    entry.run();
  };
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => open || onClose()}
      isDismissable
      className="fixed inset-0 z-30 flex items-start justify-center bg-[rgb(0_0_0/0.4)] p-4 sm:pt-[12vh]"
    >
      <Modal className="opens w-full max-w-140 overflow-hidden rounded-popover border border-line bg-surface shadow-float">
        <AriaDialog aria-label={t('palette.open')} className="flex max-h-[70vh] flex-col">
          {/* What matches is decided in `usePaletteGroups`: files are found by the server. */}
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField aria-label={t('palette.search')} autoFocus className="border-line border-b">
              <Input
                placeholder={t('palette.placeholder')}
                className="h-12 w-full bg-transparent px-4 text-section outline-none placeholder:text-muted"
              />
            </SearchField>
            <Menu
              aria-label={t('palette.results')}
              className="min-h-0 overflow-y-auto p-1 outline-none"
              renderEmptyState={() => <p className="px-3 py-6 text-center text-muted">{t('palette.nothing')}</p>}
            >
              {groups.map((group) => (
                <Group key={group.title} group={group} onRun={run} />
              ))}
            </Menu>
          </Autocomplete>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function Group({ group, onRun }: { group: PaletteGroup; onRun: (entry: PaletteEntry) => void }) {
  return (
    <MenuSection className="pb-1">
      <Header className="px-3 pt-2 pb-1 text-caption text-muted">{group.title}</Header>
      {group.entries.map((entry) => (
        <MenuItem
          key={entry.id}
          id={entry.id}
          textValue={entry.title}
          onAction={() => onRun(entry)}
          className="flex h-9 cursor-default items-center gap-2.5 rounded-control px-3 text-body data-[focused]:bg-accent-soft"
        >
          <entry.icon size={16} aria-hidden="true" className="shrink-0 text-muted" />
          <span className="truncate">{entry.title}</span>
          {entry.hint !== undefined && (
            <span className="ml-auto max-w-[50%] truncate text-caption text-muted">{entry.hint}</span>
          )}
        </MenuItem>
      ))}
    </MenuSection>
  );
}
