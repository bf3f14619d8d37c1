import { Download } from 'lucide-react';
import { useState } from 'react';
import type { BundleSection, SupportBundle } from '../../../../src-server/contract/support-bundle.ts';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { Bytes } from '../../../components/moment.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { saveText } from '../../../lib/save-text.ts';
import { useSupportBundle } from '../api/use-support-bundle.ts';

/** Puts a bundle together, shows each part as it would leave, and saves what was chosen as a file. */
export function SupportBundleDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title={t('settings.bundle')} isOpen={isOpen} onClose={onClose} isWide>
      <BundleContent onClose={onClose} />
    </Dialog>
  );
}

function BundleContent({ onClose }: { readonly onClose: () => void }) {
  const bundle = useSupportBundle();
  return (
    <>
      <p className="text-muted">{t('settings.bundleRedacted')}</p>
      {bundle.isPending && <LoadingRows />}
      {bundle.isError && <ErrorState error={bundle.error} onRetry={() => void bundle.refetch()} />}
      {bundle.data !== undefined && <BundleChoice bundle={bundle.data} onClose={onClose} />}
    </>
  );
}

function BundleChoice({ bundle, onClose }: { readonly bundle: SupportBundle; readonly onClose: () => void }) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = bundle.sections.filter(({ name }) => !left.has(name));
  const text = fileText(bundle, chosen);
  const include = (name: string, isIncluded: boolean) => {
    const next = new Set(left);
    if (isIncluded) next.delete(name);
    else next.add(name);
    setLeft(next);
  };
  const download = () => {
    const day = new Date(bundle.madeAtMs).toISOString().slice(0, 10);
    saveText(`stowage-support-${day}.txt`, text);
    onClose();
  };
  return (
    <>
      <ul className="flex flex-col">
        {bundle.sections.map((section) => (
          <SectionRow
            key={section.name}
            section={section}
            isIncluded={!left.has(section.name)}
            onInclude={(isIncluded) => include(section.name, isIncluded)}
          />
        ))}
      </ul>
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button look="primary" isDisabled={chosen.length === 0} onPress={download}>
          <Download size={16} aria-hidden="true" /> {t('settings.bundleDownload')}
          <Bytes bytes={new TextEncoder().encode(text).length} />
        </Button>
      </DialogButtons>
    </>
  );
}

interface SectionRowProps {
  readonly section: BundleSection;
  readonly isIncluded: boolean;
  readonly onInclude: (isIncluded: boolean) => void;
}

function SectionRow({ section, isIncluded, onInclude }: SectionRowProps) {
  const [isShown, setShown] = useState(false);
  const title = sectionTitle(section.name);
  return (
    <li className="flex flex-col border-line border-b py-1">
      <div className="flex items-center justify-between gap-3">
        <Checkbox label={title} isSelected={isIncluded} onChange={onInclude} />
        <Button
          look="link"
          aria-expanded={isShown}
          aria-label={
            isShown ? t('settings.bundleHideNamed', { name: title }) : t('settings.bundleShowNamed', { name: title })
          }
          onPress={() => setShown(!isShown)}
        >
          {isShown ? t('settings.bundleHide') : t('settings.bundleShow')}
        </Button>
      </div>
      {isShown && (
        <section
          aria-label={title}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="mb-2 max-h-80 overflow-auto rounded-control border border-line bg-sunken p-3"
        >
          <pre className="font-mono text-caption">{section.text}</pre>
        </section>
      )}
    </li>
  );
}

/** The file: each section under a line with its name. */
function fileText({ madeAtMs }: SupportBundle, sections: readonly BundleSection[]): string {
  const head = `Stowage support bundle, ${new Date(madeAtMs).toISOString()}`;
  return [head, ...sections.map(({ name, text }) => `===== ${name} =====\n${text}`)].join('\n\n');
}

function sectionTitle(name: BundleSection['name']): string {
  switch (name) {
    case 'about':
      return t('settings.bundleAbout');
    case 'settings':
      return t('settings.bundleSettings');
    case 'status':
      return t('settings.bundleStatus');
    case 'disks':
      return t('settings.bundleDisks');
    case 'jobs':
      return t('settings.bundleJobs');
    case 'log':
      return t('settings.bundleLog');
    case 'metrics':
      return t('settings.bundleMetrics');
  }
}
