import { Dialog } from '../../../components/dialog.tsx';
import { t } from '../../../lib/i18n.ts';
import { SHORTCUTS, type Shortcut } from '../shortcuts.ts';

/** What each key does. */
export default function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t('palette.sheet')} isOpen onClose={onClose}>
      {SHORTCUTS.map(({ where, shortcuts }) => (
        <section key={where()}>
          <h3 className="mb-1 font-medium text-body">{where()}</h3>
          <dl className="text-table">
            {shortcuts.map((shortcut) => (
              <Row key={shortcut.what()} {...shortcut} />
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

function Row({ keys, what }: Shortcut) {
  return (
    <div className="flex items-center justify-between gap-4 border-line border-b py-1.5 last:border-b-0">
      <dd className="text-muted">{what()}</dd>
      <dt className="flex shrink-0 gap-1">
        {keys.map((key) => (
          <kbd key={key} className="min-w-6 rounded-control border border-line bg-sunken px-1.5 text-center font-sans">
            {key}
          </kbd>
        ))}
      </dt>
    </div>
  );
}
