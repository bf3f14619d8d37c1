import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';

/** Out into one sealed file, and in from one. */
export function ConfigurationLine() {
  const [open, setOpen] = useState<'export' | 'import'>();
  const close = () => setOpen(undefined);
  return (
    <div className="flex max-w-180 flex-col items-start gap-3 px-4 pb-5 sm:px-6">
      <p className="text-muted">{t('configuration.text')}</p>
      <div className="flex flex-wrap gap-2">
        <Button onPress={() => setOpen('export')}>{t('configuration.export')}</Button>
        <Button onPress={() => setOpen('import')}>{t('configuration.import')}</Button>
      </div>
      {open === 'export' && <ExportDialog onClose={close} />}
      {open === 'import' && <ImportDialog onClose={close} />}
    </div>
  );
}
