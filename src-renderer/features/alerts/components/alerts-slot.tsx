import { Bell } from 'lucide-react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import { AttentionList } from '../../appliance/components/attention-list.tsx';
import { useAlerts } from '../hooks/use-alerts.ts';

/** The bell of who operates the appliance: how many alerts nobody has looked at, and all that last. */
export function AlertsSlot() {
  const alerts = useAlerts();
  return (
    <DialogTrigger onOpenChange={(isOpen) => isOpen && alerts.markSeen()}>
      <Button look="quiet" square aria-label={t('alerts.open', { count: alerts.unseen })}>
        <span className="relative">
          <Bell size={16} aria-hidden="true" />
          {alerts.unseen > 0 && (
            <span
              aria-hidden="true"
              className="absolute -top-1.5 -right-2 min-w-4 rounded-full bg-stopped px-1 text-center font-medium text-[10px] text-surface leading-4"
            >
              {alerts.unseen}
            </span>
          )}
        </span>
      </Button>
      <Popover className="opens w-96 max-w-[calc(100vw-2rem)] rounded-popover border border-line bg-surface p-4 shadow-float">
        <Dialog aria-label={t('alerts.title')} className="outline-none">
          {alerts.items.length === 0 ? (
            <p className="py-4 text-center text-muted">{t('alerts.none')}</p>
          ) : (
            <AttentionList items={alerts.items} />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
