import { Printer } from 'lucide-react';
import { createPortal } from 'react-dom';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { QrCode } from '../../../components/qr-code.tsx';
import { formatExactTime } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { type KitFacts, qrTextOf, readKit } from '../recovery-kit.ts';

interface RecoverySheetProps {
  /** The kit's text. */
  readonly kit: string;
  readonly onPrint: () => void;
  readonly onClose: () => void;
}

/** The kit as a page to be locked away: seen first, then printed. What is printed stands beside the page, hidden on screens. */
export function RecoverySheet({ kit, onPrint, onClose }: RecoverySheetProps) {
  const facts = readKit(kit);
  const print = () => {
    window.print();
    onPrint();
  };
  return (
    <>
      <Dialog title={t('setup.sheetTitle')} isOpen isWide onClose={onClose}>
        <div className="rounded-control border border-line p-6">
          <Sheet facts={facts} />
        </div>
        <DialogButtons>
          <Button onPress={onClose}>{t('setup.sheetClose')}</Button>
          <Button look="primary" onPress={print}>
            <Printer size={16} aria-hidden="true" /> {t('setup.sheetPrint')}
          </Button>
        </DialogButtons>
      </Dialog>
      {createPortal(
        <div className="print-sheet hidden p-6 print:block" aria-hidden="true">
          <Sheet facts={facts} />
        </div>,
        document.body,
      )}
    </>
  );
}

function Sheet({ facts }: { readonly facts: KitFacts }) {
  const { installId, masterKey } = facts;
  const language = useLanguage();
  return (
    <div className="flex flex-col gap-4">
      <p className="font-semibold text-title">{t('setup.sheetHead')}</p>
      <div className="flex flex-wrap gap-6">
        <figure className="flex w-44 flex-col gap-1">
          <QrCode text={qrTextOf(facts)} label={t('setup.sheetQr')} />
          <figcaption className="text-caption">{t('setup.sheetScan')}</figcaption>
        </figure>
        <dl className="flex min-w-56 flex-1 flex-col gap-1">
          <dt className="text-caption">{t('setup.sheetInstall')}</dt>
          <dd className="mb-2 font-mono text-table [overflow-wrap:anywhere]">{installId}</dd>
          <dt className="text-caption">{t('setup.sheetKey')}</dt>
          <dd className="font-mono [overflow-wrap:anywhere]">{masterKey ?? t('setup.sheetNoKey')}</dd>
        </dl>
      </div>
      <p>{t('setup.sheetFor')}</p>
      <div>
        <p className="font-medium">{t('setup.sheetHow')}</p>
        <ol className="list-decimal pl-5">
          <li>{t('setup.sheetHow1')}</li>
          <li>{t('setup.sheetHow2')}</li>
        </ol>
      </div>
      <p className="text-caption">
        {t('setup.sheetPrinted')} {formatExactTime(Date.now(), language)}
      </p>
    </div>
  );
}
