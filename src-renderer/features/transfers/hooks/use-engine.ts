import { useSyncExternalStore } from 'react';
import type { TransferEngine } from '../engine/transfer-engine.ts';

/** Renders anew as often as the engine has something to show; what is shown is read from the engine itself. */
export function useEngine(engine: TransferEngine): void {
  useSyncExternalStore(
    (listener) => engine.subscribe(listener),
    () => engine.showings,
  );
}
