import { TransferBook } from './book.ts';
import type { ConflictChoice } from './conflicts.ts';
import type { Core } from './core.ts';
import { faultOf } from './faults.ts';
import type { Filter } from './filters.ts';
import { Hold, type HoldState } from './hold.ts';
import { Keeper } from './keeper.ts';
import { keyFault } from './key-names.ts';
import { Lanes } from './lanes.ts';
import { Pace } from './pace.ts';
import type { EnginePorts, LedgerRecord } from './ports.ts';
import { applyChoice } from './probe-keys.ts';
import { type PaceLimit, timeUnderLimits } from './quiet-hours.ts';
import { restoredTransfer } from './restored.ts';
import { Scheduler } from './scheduler.ts';
import { abortIfUnwanted } from './send-batch.ts';
import { forgetUpload } from './send-parts.ts';
import { remainingMs, SpeedMeter } from './speed.ts';
import {
  createTransfer,
  faultBefore,
  isSmall,
  type NewTransfer,
  type SentPart,
  type Source,
  type Transfer,
  type TransferError,
} from './transfer.ts';

const TICK_MS = 250;
const MOST_TRIES = 6;
const BUSY_WAIT_MS = 1500;

/** What is said of all transfers together. */
export interface Progress {
  readonly bytesPerSecond: number | undefined;
  /** Undefined where nothing moves, or it is too early to say. */
  readonly remainingMs: number | undefined;
  readonly hold: HoldState;
  readonly limit: PaceLimit;
}

/**
 * Brings files to the server: asks what stands under their keys, sends small ones in batches and large ones in parts over a
 * few connections, and keeps what is unfinished in the ledger. Nothing here touches the page, so that tests run it with a
 * made-up clock and server.
 */
export class TransferEngine implements Core {
  readonly book = new TransferBook();
  readonly ports: EnginePorts;
  readonly pace: Pace;
  readonly #end = new AbortController();
  readonly #lanes = new Lanes();
  readonly #bytes = new SpeedMeter();
  readonly #files = new SpeedMeter();
  readonly #hold: Hold;
  readonly #keeper: Keeper;
  readonly #scheduler: Scheduler;
  readonly #standing = new Map<string, ConflictChoice>();
  readonly #listeners = new Set<() => void>();
  #shownVersion = -1;
  #showings = 0;
  #shownHold: HoldState | undefined;
  #stopTick: (() => void) | undefined;

  constructor(ports: EnginePorts) {
    this.ports = ports;
    this.pace = new Pace(ports, () => this.#onHold());
    this.#keeper = new Keeper(ports.ledger);
    this.#hold = new Hold(ports, () => this.#onHold());
    const choiceFor = ({ drop }: Transfer) => this.#standing.get(drop);
    this.#scheduler = new Scheduler(this, { choiceFor }, this.#lanes, () => this.#speed(this.ports.now()));
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  // --- what the page asks ---------------------------------------------------------------------------------------------

  /** Takes files in. Those that wait for their bytes since a reload get them instead of coming twice. */
  add(given: readonly NewTransfer[]): void {
    const waiting = this.book.in('needs-file').size === 0 ? undefined : this.#needingFiles();
    for (const one of given) {
      const known = waiting?.get(`${one.bucket}\n${one.key}`);
      if (known?.sizeBytes === one.sizeBytes && known.modifiedAtMs === one.modifiedAtMs) {
        this.attach(known, one.source);
        continue;
      }
      const transfer = createTransfer(this.ports.newId(), one);
      this.book.add(transfer);
      const fault = faultBefore(one);
      if (fault !== undefined) {
        this.fail(transfer, fault);
        continue;
      }
      this.#keeper.changed(transfer);
      this.enqueue(transfer);
    }
    this.#scheduler.pump(this.#hold.isOn);
    this.#tickSoon();
  }

  /** Lists what an earlier visit left; goes on with those that have a source. */
  restore(record: LedgerRecord, parts: ReadonlyMap<number, SentPart>, source: Source | undefined): void {
    const transfer = restoredTransfer(record, parts, source);
    this.book.add(transfer);
    this.#keeper.noteKept(transfer);
    if (transfer.state === 'waiting') this.#wake(transfer);
  }

  /** Gives a transfer the bytes that it waited for. */
  attach(transfer: Transfer, source: Source): void {
    transfer.source = source;
    if (transfer.state !== 'needs-file') return;
    this.book.setState(transfer, 'waiting');
    this.#wake(transfer);
  }

  pause(transfers: Iterable<Transfer>): void {
    for (const transfer of [...transfers]) {
      if (transfer.state !== 'waiting' && transfer.state !== 'sending') continue;
      this.#stop(transfer, () => this.book.setState(transfer, 'paused'));
      this.#keeper.changed(transfer);
    }
    this.#wakeAll();
    this.#show();
  }

  resume(transfers: Iterable<Transfer>): void {
    for (const transfer of [...transfers]) {
      if ((transfer.state !== 'paused' && transfer.state !== 'failed') || keyFault(transfer.key)) continue;
      if (transfer.error !== undefined && isAboutTheFile(transfer.error) && transfer.place === undefined) {
        transfer.source = undefined;
      }
      transfer.tries = 0;
      transfer.error = undefined;
      const hasFile = transfer.source !== undefined;
      this.book.setState(transfer, hasFile ? 'waiting' : 'needs-file');
      this.#keeper.changed(transfer);
      if (hasFile) this.enqueue(transfer);
    }
    this.#wakeAll();
    this.#show();
  }

  /** Lets them go before the others that wait. */
  sendFirst(transfers: readonly Transfer[]): void {
    for (const one of transfers.toReversed()) if (one.state === 'waiting') this.#scheduler.toFront(one);
    this.#wakeAll();
    this.#show();
  }

  /** Takes them off the list; what was stored stays, what was sent in parts is released. */
  remove(transfers: Iterable<Transfer>): void {
    for (const transfer of [...transfers]) {
      const isOpen = transfer.state !== 'done' && transfer.upload !== undefined;
      this.#stop(transfer, () => this.book.remove(transfer));
      this.#keeper.gone(transfer);
      if (isOpen) forgetUpload(this, transfer);
    }
    this.#wakeAll();
    this.#show();
  }

  /** Settles conflicts; `isForAll`: and the later ones of the same drops. */
  choose(transfers: Iterable<Transfer>, choice: ConflictChoice, isForAll: boolean): void {
    for (const transfer of [...transfers]) {
      if (transfer.state !== 'conflict') continue;
      if (isForAll) this.#standing.set(transfer.drop, choice);
      this.book.setState(transfer, 'waiting');
      applyChoice(this, transfer, choice);
    }
    this.#wakeAll();
    this.#show();
  }

  list(filter: Filter): readonly Transfer[] {
    return this.book.list(filter);
  }

  progress(): Progress {
    const nowMs = this.ports.now();
    const { waiting, sending } = this.book.totals;
    const rest = {
      bytes: waiting.bytes - waiting.sent + sending.bytes - sending.sent,
      files: waiting.files + sending.files,
    };
    const speed = { bytes: this.#speed(nowMs), files: this.#files.perSecond(nowMs) };
    const bytesMs = timeUnderLimits(this.pace.settings, nowMs, rest.bytes, speed.bytes);
    const remaining = remainingMs(rest.files, bytesMs, speed.files);
    return { bytesPerSecond: speed.bytes, remainingMs: remaining, hold: this.#hold.state, limit: this.pace.limit };
  }

  get showings(): number {
    return this.#showings;
  }

  /** Called about four times a second while something changes, and at once for what a person did. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The network may be back, or somebody signed in again. */
  tryNow(): void {
    this.#hold.tryNow();
  }

  /** Resolves when the ledger has all that was added up to now. */
  keep(): Promise<void> {
    return this.#keeper.flush();
  }

  /** Calls the listeners: something beside the transfers changed. */
  refresh(): void {
    this.#show();
  }

  /** Stops everything; the ledger keeps what is unfinished. */
  async close(): Promise<void> {
    this.#end.abort();
    this.#hold.close();
    this.pace.close();
    for (const transfer of this.book.in('sending')) transfer.abort?.abort();
    this.#stopTick?.();
    await this.#keeper.flush();
  }

  // --- what the parts of the engine call ------------------------------------------------------------------------------

  sent(transfer: Transfer, bytes: number): void {
    this.book.addSent(transfer, bytes);
    const nowMs = this.ports.now();
    this.#bytes.add(nowMs, bytes);
    this.pace.spent(bytes);
    this.ports.onSent(bytes);
    if (isSmall(transfer)) return;
    transfer.meter ??= new SpeedMeter();
    transfer.meter.add(nowMs, bytes);
  }

  takeBack(transfer: Transfer, bytes: number): void {
    this.book.addSent(transfer, -bytes);
  }

  finish(transfer: Transfer, crc64nvme: string): void {
    transfer.crc64nvme = crc64nvme;
    this.book.addSent(transfer, transfer.sizeBytes - transfer.sentBytes);
    this.#files.add(this.ports.now(), 1);
    this.#lanes.wentWell();
    this.#through(transfer, 'done');
    this.ports.onStored(transfer.bucket);
  }

  skip(transfer: Transfer): void {
    if (transfer.upload !== undefined) forgetUpload(this, transfer);
    this.book.addSent(transfer, -transfer.sentBytes);
    this.#through(transfer, 'skipped');
  }

  fail(transfer: Transfer, error: Transfer['error']): void {
    transfer.error = error;
    this.book.setState(transfer, 'failed');
    this.#keeper.changed(transfer);
  }

  enqueue(transfer: Transfer): void {
    if (this.book.get(transfer.id) === undefined) return;
    this.book.setState(transfer, 'waiting');
    this.#scheduler.enqueue(transfer);
  }

  changed(transfer: Transfer): void {
    this.#keeper.changed(transfer);
  }

  handle(transfer: Transfer, error: unknown, signal?: AbortSignal): void {
    if (this.#end.signal.aborted || this.book.get(transfer.id) === undefined) return;
    if (transfer.state === 'paused') return;
    const fault = faultOf(error, signal);
    switch (fault.kind) {
      case 'aborted':
        this.enqueue(transfer);
        return;
      case 'offline':
        this.#hold.lost();
        this.#again(transfer, 'ConnectionLost');
        return;
      case 'signed-out':
        this.#hold.signedOut();
        this.#again(transfer, 'SignInNeeded');
        return;
      case 'busy':
        this.#lanes.wasTooMuch();
        this.#hold.pauseFor(BUSY_WAIT_MS);
        this.#again(transfer, 'ServiceUnavailable');
        return;
      case 'exists':
        transfer.rule = undefined;
        this.#again(transfer, 'PreconditionFailed');
        return;
      case 'upload-gone':
        forgetUpload(this, transfer);
        this.#again(transfer, 'NoSuchUpload');
        return;
      case 'wrong-bytes':
        this.#again(transfer, 'BadDigest');
        return;
      case 'final':
        this.fail(transfer, fault.error);
        return;
    }
  }

  // ---------------------------------------------------------------------------------------------------------------------

  #again(transfer: Transfer, code: string): void {
    transfer.tries += 1;
    if (transfer.tries > MOST_TRIES) this.fail(transfer, { code, message: '' });
    else this.enqueue(transfer);
  }

  #through(transfer: Transfer, state: 'done' | 'skipped'): void {
    transfer.finishedAtMs = this.ports.now();
    transfer.meter = undefined;
    transfer.source = undefined;
    transfer.error = undefined;
    this.book.setState(transfer, state);
    this.#keeper.gone(transfer);
  }

  /** Leaves its state first, so that the end of what is aborted finds it left. */
  #stop(transfer: Transfer, leave: () => void): void {
    const { abort, state } = transfer;
    leave();
    if (state !== 'sending' || abort === undefined) return;
    if (isSmall(transfer)) abortIfUnwanted(this, abort);
    else abort.abort();
  }

  #needingFiles(): Map<string, Transfer> {
    return new Map([...this.book.in('needs-file')].map((one) => [`${one.bucket}\n${one.key}`, one]));
  }

  /** A request goes out faster than the limit and is paid for after it: what holds is the limit. */
  #speed(nowMs: number): number | undefined {
    const measured = this.#bytes.perSecond(nowMs);
    return measured && Math.min(measured, this.pace.limit.bytesPerSecond ?? measured);
  }

  #wake(transfer: Transfer): void {
    this.enqueue(transfer);
    this.#wakeAll();
  }

  #wakeAll(): void {
    this.#scheduler.pump(this.#hold.isOn);
    this.#tickSoon();
  }

  #onHold(): void {
    this.#scheduler.pump(this.#hold.isOn);
    this.#tickSoon();
  }

  #tickSoon(): void {
    if (this.#stopTick !== undefined || this.#end.signal.aborted) return;
    this.#stopTick = this.ports.after(TICK_MS, () => {
      this.#stopTick = undefined;
      this.#tick();
    });
  }

  /** Runs while something moves. */
  #tick(): void {
    const nowMs = this.ports.now();
    const { sending, waiting } = this.book.totals;
    const isPaced = this.pace.limit.bytesPerSecond !== undefined && waiting.files > 0;
    const isMoving = (sending.files > 0 || isPaced) && !this.#hold.isOn;
    if (isMoving) this.#bytes.add(nowMs, 0);
    this.#keeper.flushSoon(nowMs);
    const isFresh = this.book.version !== this.#shownVersion || this.#hold.state !== this.#shownHold;
    if (isFresh || isMoving) this.#show();
    const isBusy = isMoving || waiting.files > 0 || this.#keeper.isDirty;
    if (isFresh || isBusy) this.#tickSoon();
  }

  #show(): void {
    this.#shownVersion = this.book.version;
    this.#shownHold = this.#hold.state;
    this.#showings += 1;
    for (const listener of this.#listeners) listener();
  }
}

/** The file that was added is gone: only who chooses it again has it. */
function isAboutTheFile({ code }: TransferError): boolean {
  return code === 'FileChanged' || code === 'FileUnreadable';
}
