import { powerMonitor, powerSaveBlocker } from 'electron';

export interface PowerListener {
  /** The machine wakes. */
  onResume(): void;
  /** The machine is to go down: stop cleanly. */
  onShutdown(): void;
}

/** Listens for sleep and shutdown. Call when the app is ready. */
export function watchPower({ onResume, onShutdown }: PowerListener): void {
  powerMonitor.on('resume', onResume);
  powerMonitor.on('shutdown', onShutdown);
}

/** Keeps the system from putting the app to sleep while it serves; the display may go dark. */
export class WakeLock {
  #id: number | undefined;

  set(isHeld: boolean): void {
    if (isHeld && this.#id === undefined) this.#id = powerSaveBlocker.start('prevent-app-suspension');
    if (!isHeld && this.#id !== undefined) {
      powerSaveBlocker.stop(this.#id);
      this.#id = undefined;
    }
  }
}
