import { Button } from '../../../components/button.tsx';
import { DialogButtons } from '../../../components/dialog.tsx';
import { CopyButton } from '../../../components/facts.tsx';
import { t } from '../../../lib/i18n.ts';
import { saveText } from '../../../lib/save-text.ts';

/** The codes for who lost the phone: shown this once. */
export function RecoveryCodes({ codes, onDone }: { readonly codes: readonly string[]; readonly onDone: () => void }) {
  const text = `${codes.join('\n')}\n`;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t('account.codesText')}</p>
      <div className="flex items-start gap-2 rounded-control border border-line bg-sunken p-3">
        <ul aria-label={t('account.codes')} className="grid flex-1 gap-x-6 gap-y-1 font-mono text-table sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code} className="select-all">
              {code}
            </li>
          ))}
        </ul>
        <CopyButton name={t('account.codes')} text={text} />
      </div>
      <DialogButtons>
        <Button onPress={() => saveText('stowage-recovery-codes.txt', text)}>{t('account.saveCodes')}</Button>
        <Button look="primary" onPress={onDone}>
          {t('account.codesStored')}
        </Button>
      </DialogButtons>
    </div>
  );
}
