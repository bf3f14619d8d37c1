import type { ServerState } from '../server/server-state.ts';

/** The five words of the appliance (UX.md §3), as the tray tells them apart by shape. */
export type TrayState = 'fine' | 'working' | 'attention' | 'stopped' | 'unknown';

export type Readiness = 'ready' | 'degraded' | 'unavailable' | 'silent';

/** What may be said of the server; never better than what is known. `readiness` undefined = not asked yet. */
export function trayStateOf(server: ServerState, readiness: Readiness | undefined, activeTransfers: number): TrayState {
  switch (server.kind) {
    case 'starting':
    case 'restarting':
      return 'working';
    case 'failed':
    case 'stopped':
      return 'stopped';
    case 'running':
    case 'attached':
      if (readiness === undefined || readiness === 'silent') return 'unknown';
      if (readiness !== 'ready') return 'attention';
      return activeTransfers > 0 ? 'working' : 'fine';
  }
}
