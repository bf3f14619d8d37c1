import { Search } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Input, SearchField } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { type SettingsByName, useSettings } from '../features/settings/api/use-settings.ts';
import { matches, SETTING_GROUPS, type SettingText } from '../features/settings/catalogue.ts';
import { ConfigurationLine } from '../features/settings/components/configuration-line.tsx';
import { HistoryList } from '../features/settings/components/history-list.tsx';
import { SettingRow } from '../features/settings/components/setting-row.tsx';
import { SupportBundleDialog } from '../features/settings/components/support-bundle.tsx';
import { ThisComputer } from '../features/settings/components/this-computer.tsx';
import { TlsRow } from '../features/settings/components/tls-row.tsx';
import { WaitingBanner } from '../features/settings/components/waiting-banner.tsx';
import { ANCHOR, useAnchor } from '../lib/anchor.ts';
import { desktop } from '../lib/desktop.ts';
import { t } from '../lib/i18n.ts';

/** Everything that can be set of the install, searchable, each line a form in place. */
export function SettingsPage() {
  const settings = useSettings();
  const [text, setText] = useState('');
  useAnchor(settings.data !== undefined);
  return (
    <div>
      <PageHead title={t('settings.title')}>
        {settings.data !== undefined && <SearchBox value={text} onChange={setText} />}
      </PageHead>
      {settings.isPending && <LoadingRows />}
      {settings.isError && <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data !== undefined && (
        <>
          <WaitingBanner settings={[...settings.data.values()]} />
          <Groups settings={settings.data} text={text} onClear={() => setText('')} />
        </>
      )}
    </div>
  );
}

function SearchBox({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <search className="w-full sm:w-72">
      <SearchField aria-label={t('settings.search')} value={value} onChange={onChange} className="relative">
        <Search size={16} aria-hidden="true" className="absolute top-2.5 left-2.5 text-muted" />
        <Input
          placeholder={t('settings.search')}
          className="h-9 w-full rounded-control border border-line-strong bg-surface pr-3 pl-8 text-body text-text placeholder:text-muted"
        />
      </SearchField>
    </search>
  );
}

interface GroupsProps {
  readonly settings: SettingsByName;
  readonly text: string;
  readonly onClear: () => void;
}

function Groups({ settings, text, onClear }: GroupsProps) {
  const isSearching = text.trim() !== '';
  const groups = SETTING_GROUPS.map((group) => ({
    ...group,
    settings: group.settings.filter((about) => isShown(about, settings, text)),
  })).filter((group) => group.settings.length > 0);
  if (groups.length === 0) {
    return (
      <EmptyState title={t('settings.nothing')} text={t('settings.nothingText', { text: text.trim() })}>
        <Button onPress={onClear}>{t('settings.clear')}</Button>
      </EmptyState>
    );
  }
  return (
    <div className="pb-8">
      {groups.map((group) => (
        <Group key={group.id} title={group.title()}>
          {group.settings.map((about) => (
            <div key={about.name} id={about.name} tabIndex={-1} className={ANCHOR}>
              <Line about={about} settings={settings} />
            </div>
          ))}
        </Group>
      ))}
      {!isSearching && desktop !== undefined && (
        <Group title={t('settings.thisComputer')}>
          <ThisComputer bridge={desktop} />
        </Group>
      )}
      {!isSearching && (
        <Group title={t('configuration.title')}>
          <ConfigurationLine />
        </Group>
      )}
      {!isSearching && (
        <Group title={t('settings.bundle')}>
          <BundleLine />
        </Group>
      )}
      {!isSearching && (
        <Group title={t('settings.history')}>
          <HistoryList mayUndo={(name) => settings.get(name)?.isEditable === true} />
        </Group>
      )}
    </div>
  );
}

function BundleLine() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex max-w-180 flex-col items-start gap-3 px-4 pb-5 sm:px-6">
      <p className="text-muted">{t('settings.bundleText')}</p>
      <Button onPress={() => setOpen(true)}>{t('settings.bundleRead')}</Button>
      {isOpen && <SupportBundleDialog isOpen onClose={() => setOpen(false)} />}
    </div>
  );
}

function isShown(about: SettingText, settings: SettingsByName, text: string): boolean {
  const setting = settings.get(about.name);
  if (setting === undefined) return false;
  // A switch of tests, and of nobody else.
  if (about.name === 'lifecycleDay' && setting.origin.kind === 'default') return false;
  return text.trim() === '' || matches(text, about, setting);
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-line border-t">
      <h2 id={id} className="px-4 pt-5 pb-1 font-semibold text-section sm:px-6">
        {title}
      </h2>
      {children}
    </section>
  );
}

function Line({ about, settings }: { readonly about: SettingText; readonly settings: SettingsByName }) {
  const setting = settings.get(about.name);
  const cert = settings.get('tls.cert');
  const certKey = settings.get('tls.key');
  if (setting === undefined) return null;
  if (about.name === 'tls.selfSigned' && cert !== undefined && certKey !== undefined) {
    return <TlsRow about={about} tls={{ selfSigned: setting, cert, certKey }} />;
  }
  return <SettingRow about={about} setting={setting} />;
}
