import { Search } from 'lucide-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { Role } from '../../../../src-server/contract/sessions.ts';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import { useGlobalKeys } from '../hooks/use-global-keys.ts';
import { COMMAND_KEY } from '../shortcuts.ts';

const PaletteDialog = lazy(() => import('./palette-dialog.tsx'));
const ShortcutsDialog = lazy(() => import('./shortcuts-dialog.tsx'));

/** The one search of the top bar. What it opens is loaded when it is first wanted. */
export function PaletteSlot({ role }: { readonly role: Role }) {
  const [open, setOpen] = useState<'palette' | 'shortcuts' | undefined>();
  const close = useCallback(() => setOpen(undefined), []);
  const openShortcuts = useCallback(() => setOpen('shortcuts'), []);
  useGlobalKeys(
    useCallback(() => setOpen('palette'), []),
    openShortcuts,
  );
  return (
    <>
      <Button look="quiet" onPress={() => setOpen('palette')}>
        <Search size={16} aria-hidden="true" />
        <span className="sr-only text-muted md:not-sr-only">{t('palette.search')}</span>
        <kbd className="hidden rounded-control border border-line px-1 font-sans text-caption text-muted md:inline">
          {COMMAND_KEY} K
        </kbd>
      </Button>
      <Suspense>
        {open === 'palette' && <PaletteDialog role={role} onClose={close} onShortcuts={openShortcuts} />}
        {open === 'shortcuts' && <ShortcutsDialog onClose={close} />}
      </Suspense>
    </>
  );
}
