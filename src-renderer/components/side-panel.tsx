import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { t } from '../lib/i18n.ts';
import { Button } from './button.tsx';

interface SidePanelProps {
  readonly title: string;
  /** Under the title: an ARN, a name. */
  readonly subtitle?: string | undefined;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The details of one thing, beside its list; on phones in the list's place. */
export function SidePanel({ title, subtitle, onClose, children }: SidePanelProps) {
  return (
    <aside
      aria-label={t('people.detailsNamed', { name: title })}
      className="flex w-full shrink-0 flex-col overflow-y-auto border-line bg-surface lg:w-90 lg:border-l"
    >
      <header className="flex items-start gap-2 px-4 pt-5 pb-3">
        <div className="min-w-0 flex-1">
          <h2 className="break-words font-semibold text-section">{title}</h2>
          {subtitle !== undefined && (
            <p className="font-mono text-caption text-muted [overflow-wrap:anywhere]">{subtitle}</p>
          )}
        </div>
        <Button look="quiet" square aria-label={t('common.close')} onPress={onClose}>
          <X size={16} aria-hidden="true" />
        </Button>
      </header>
      {children}
    </aside>
  );
}

interface PanelSectionProps {
  readonly title: string;
  /** What can be done to it. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a panel. */
export function PanelSection({ title, action, children }: PanelSectionProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-2 border-line border-t px-4 py-3 text-table">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h3 className="text-caption text-muted">{title}</h3>
        {action}
      </div>
      {children}
    </section>
  );
}
