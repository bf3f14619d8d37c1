import { useEffect } from 'react';
import type { TransferSession } from '../session.ts';

/** The browser's own question, only where closing the page would cost something. */
export function useLeaveWarning(session: TransferSession): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (session.wouldLose) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [session]);
}
