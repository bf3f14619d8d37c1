import { isServerAlive } from './is-server-alive.ts';
import type { ServerChild, ServerChildListener, StartServerChild } from './server-child.ts';
import type { ServerState } from './server-state.ts';

const FIRST_PAUSE_MS = 1_000;
const PAUSE_MS_MAX = 60_000;
/** So many ends in `LOOP_MS` are a loop that another start will not leave. */
const ENDS_MAX = 6;
const LOOP_MS = 10 * 60_000;
const PING_EVERY_MS = 10_000;
/** A tick that comes so late comes after a sleep of the machine, during which nobody could answer. */
const LATE_TICK_MS = 2 * PING_EVERY_MS;
/** A machine under load may keep a live server from answering for a while. */
const SILENCE_MS_MAX = 60_000;
const STOP_GRACE_MS = 10_000;
/** Beyond the grace the server cuts off what still runs and syncs. */
const STOP_PATIENCE_MS = STOP_GRACE_MS + 25_000;
const BAD_CONFIGURATION = 2;
const BUSY = 3;

/**
 * Keeps one server running: starts it, asks it for signs of life, starts it again with growing pauses when it ends, gives
 * up on a loop; and where another server holds the data, shows that one instead of starting a second.
 */
export class Supervisor {
  readonly #start: StartServerChild;
  readonly #onState: (state: ServerState) => void;
  #state: ServerState = { kind: 'stopped' };
  #child: ServerChild | undefined;
  #fatal: string | undefined;
  #takenBy: string | null | undefined;
  #ends: number[] = [];
  #heardMs = 0;
  #pulse: NodeJS.Timeout | undefined;
  #pause: NodeJS.Timeout | undefined;
  #gone: PromiseWithResolvers<void> | undefined;

  /** @param onState hears of every change */
  constructor(start: StartServerChild, onState: (state: ServerState) => void) {
    this.#start = start;
    this.#onState = onState;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server unless one is there; a loop that was given up is forgotten. */
  start(): void {
    if (this.#child !== undefined) return;
    clearTimeout(this.#pause);
    this.#ends = [];
    this.#launch();
  }

  /** Asks the server to finish, and resolves when its process is gone. One that is not ours goes on. */
  async stop(): Promise<void> {
    clearTimeout(this.#pause);
    clearInterval(this.#pulse);
    const child = this.#child;
    if (child !== undefined) {
      this.#gone ??= Promise.withResolvers<void>();
      child.send({ type: 'shutdown', graceMs: STOP_GRACE_MS });
      const patience = setTimeout(() => child.kill(), STOP_PATIENCE_MS);
      await this.#gone.promise;
      clearTimeout(patience);
    }
    this.#become({ kind: 'stopped' });
  }

  /** The machine slept: nobody could answer meanwhile. */
  resumed(): void {
    this.#heardMs = Date.now();
  }

  #launch(): void {
    this.#fatal = undefined;
    this.#takenBy = undefined;
    this.#become({ kind: 'starting' });
    this.#child = this.#start({
      onEvent: (event) => this.#hear(event),
      onExit: (exitCode) => this.#ended(exitCode),
    });
  }

  #hear(event: Parameters<ServerChildListener['onEvent']>[0]): void {
    this.#heardMs = Date.now();
    switch (event.type) {
      case 'ready':
        this.#become({
          kind: 'running',
          consoleUrl: event.console,
          s3Url: event.s3,
          setupToken: event.setupToken,
        });
        this.#watch();
        return;
      case 'busy':
        this.#takenBy = event.console;
        return;
      case 'fatal':
        this.#fatal = event.message;
        return;
      case 'pong':
      case 'closed':
        return;
    }
  }

  /** Once ready: the start of a large install may be silent for long. */
  #watch(): void {
    clearInterval(this.#pulse);
    let tickedMs = Date.now();
    this.#pulse = setInterval(() => {
      if (Date.now() - tickedMs > LATE_TICK_MS) this.resumed();
      tickedMs = Date.now();
      if (Date.now() - this.#heardMs > SILENCE_MS_MAX) this.#child?.kill();
      else this.#child?.send({ type: 'ping' });
    }, PING_EVERY_MS);
  }

  #ended(exitCode: number | null): void {
    this.#child = undefined;
    clearInterval(this.#pulse);
    if (this.#gone !== undefined) {
      this.#gone.resolve();
      this.#gone = undefined;
      return;
    }
    const reason = this.#fatal ?? (exitCode === null ? 'it was killed' : `exit code ${exitCode}`);
    if (exitCode === BUSY && typeof this.#takenBy === 'string') this.#attach(this.#takenBy);
    else if (exitCode === BAD_CONFIGURATION || exitCode === BUSY) this.#become({ kind: 'failed', reason });
    else this.#startAgain(reason);
  }

  #startAgain(reason: string): void {
    const nowMs = Date.now();
    this.#ends = [...this.#ends.filter((endedMs) => nowMs - endedMs < LOOP_MS), nowMs];
    if (this.#ends.length >= ENDS_MAX) {
      this.#become({ kind: 'failed', reason: `it ended ${this.#ends.length} times in a row: ${reason}` });
      return;
    }
    const inMs = Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** (this.#ends.length - 1));
    this.#become({ kind: 'restarting', reason, inMs });
    this.#pause = setTimeout(() => this.#launch(), inMs);
  }

  /** The other server's end is our turn. */
  #attach(consoleUrl: string): void {
    this.#become({ kind: 'attached', consoleUrl });
    this.#pulse = setInterval(() => {
      void isServerAlive(consoleUrl).then((isAlive) => {
        if (isAlive || this.#state.kind !== 'attached') return;
        clearInterval(this.#pulse);
        this.#launch();
      });
    }, PING_EVERY_MS);
  }

  #become(state: ServerState): void {
    this.#state = state;
    this.#onState(state);
  }
}
