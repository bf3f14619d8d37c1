import { useEffect } from 'react';
import { toast } from '../../../components/toast.tsx';
import { t } from '../../../lib/i18n.ts';
import { onLiveEvent } from '../../../lib/live-events.ts';

/** Says so when a file arrives by an upload request of one's own. */
export function useArrivals(): void {
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind !== 'shares' || event.what !== 'uploaded' || event.name === '') return;
        toast('note', t('shares.arrived', { name: event.name }));
      }),
    [],
  );
}
