import { faultOf } from './faults.ts';
import { backOffMs } from './lanes.ts';
import type { EnginePorts } from './ports.ts';

type HoldPorts = Pick<EnginePorts, 'api' | 'after' | 'now' | 'onSignedOut'>;

/** Why nothing is sent just now. `retryAtMs`: when the server is asked again. */
export type HoldState =
  | { readonly kind: 'none' }
  | { readonly kind: 'offline'; readonly retryAtMs: number }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'busy' };

const NONE: HoldState = { kind: 'none' };

/** Makes everything wait while the network is gone, nobody is signed in, or the server asked for a moment. */
export class Hold {
  readonly #ports: HoldPorts;
  readonly #onChange: () => void;
  #state: HoldState = NONE;
  #tries = 0;
  #stopTimer: (() => void) | undefined;
  #isAsking = false;

  /** `onChange` is called whenever it begins or ends. */
  constructor(ports: HoldPorts, onChange: () => void) {
    this.#ports = ports;
    this.#onChange = onChange;
  }

  get state(): HoldState {
    return this.#state;
  }

  get isOn(): boolean {
    return this.#state.kind !== 'none';
  }

  /** The connection broke. The server is asked, ever less often, until it answers. */
  lost(): void {
    if (this.#state.kind === 'offline' || this.#state.kind === 'signed-out') return;
    this.#waitOffline();
  }

  /** The session is over; or it is another one, whose token the answer to the question brings. */
  signedOut(): void {
    if (this.#state.kind === 'signed-out') return;
    this.#set({ kind: 'signed-out' });
    void this.#ask();
  }

  pauseFor(ms: number): void {
    if (this.isOn) return;
    this.#set({ kind: 'busy' });
    this.#stopTimer = this.#ports.after(ms, () => this.#release());
  }

  tryNow(): void {
    if (!this.isOn || this.#isAsking) return;
    this.#stopTimer?.();
    void this.#ask();
  }

  close(): void {
    this.#stopTimer?.();
  }

  #waitOffline(): void {
    const waitMs = backOffMs(this.#tries);
    this.#tries += 1;
    this.#set({ kind: 'offline', retryAtMs: this.#ports.now() + waitMs });
    this.#stopTimer = this.#ports.after(waitMs, () => void this.#ask());
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    try {
      await this.#ports.api.ping();
      this.#release();
    } catch (error) {
      if (faultOf(error).kind === 'signed-out') {
        this.#set({ kind: 'signed-out' });
        this.#ports.onSignedOut();
      } else this.#waitOffline();
    } finally {
      this.#isAsking = false;
    }
  }

  #release(): void {
    this.#tries = 0;
    this.#set(NONE);
  }

  #set(state: HoldState): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#state = state;
    this.#onChange();
  }
}
