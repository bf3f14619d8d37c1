import { X } from 'lucide-react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import type { DetailsTab } from '../extension.ts';

interface DetailsPanelProps {
  readonly entry: FolderEntry;
  readonly name: string;
  readonly tabs: readonly DetailsTab[];
  readonly tab: string | undefined;
  readonly onTab: (id: string) => void;
  readonly onClose: () => void;
}

const NAME = 'min-w-0 flex-1 py-1.5 font-semibold text-section [overflow-wrap:anywhere]';

/** Everything about one row, beside the list: it pushes, on phones it takes the list's place. */
export function DetailsPanel({ entry, name, tabs, tab, onTab, onClose }: DetailsPanelProps) {
  const offered = tabs.filter((one) => one.isOffered(entry));
  const selected = offered.find(({ id }) => id === tab) ?? offered[0];
  if (selected === undefined) return null;
  return (
    <aside
      aria-label={t('files.detailsOf', { name })}
      className="flex min-h-0 w-full shrink-0 flex-col border-line border-l bg-surface md:w-90"
    >
      <div className="flex items-start gap-2 py-2 pr-2 pl-4">
        {/* On phones this is the page. */}
        <h1 className={`${NAME} md:hidden`}>{name}</h1>
        <h2 className={`${NAME} hidden md:block`}>{name}</h2>
        <Button look="quiet" square aria-label={t('files.closeDetails')} onPress={onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </div>
      <Tabs
        selectedKey={selected.id}
        onSelectionChange={(id) => onTab(String(id))}
        className="flex min-h-0 flex-1 flex-col"
      >
        <TabList
          aria-label={t('files.details')}
          className="flex shrink-0 gap-1 overflow-x-auto border-line border-b px-3"
        >
          {offered.map((one) => (
            <Tab
              key={one.id}
              id={one.id}
              className="row-focus flex h-9 cursor-default items-center whitespace-nowrap border-transparent border-b-2 px-2 text-body text-muted hover:text-text data-[selected]:border-accent data-[selected]:font-medium data-[selected]:text-text"
            >
              {one.label}
            </Tab>
          ))}
        </TabList>
        {offered.map((one) => (
          <TabPanel key={one.id} id={one.id} className="row-focus min-h-0 flex-1 overflow-y-auto p-4">
            {one.render(entry)}
          </TabPanel>
        ))}
      </Tabs>
    </aside>
  );
}
