import { BATCH_MAX_BYTES, BATCH_MAX_FILES } from '../../../../src-server/contract/upload-batches.ts';
import type { Core } from './core.ts';
import { batchBytesFor, type Lanes } from './lanes.ts';
import { Line } from './line.ts';
import { type ConflictRules, compareContent, probeKeys } from './probe-keys.ts';
import { sendBatch } from './send-batch.ts';
import { LargeSend } from './send-parts.ts';
import { isSmall, type Transfer } from './transfer.ts';

const PROBED_AT_ONCE = 500;
/** Keys are asked about while fewer files than this are ready to be sent. */
const READY_ENOUGH = 2 * BATCH_MAX_FILES;
/** Large files that send parts at once. */
const LARGE_AT_ONCE = 3;
const BYTES_PER_SECOND_A_LANE = 4 * 1024 * 1024;

/** Four lines, a few lanes: decides which request goes next. Half of the lanes are for large files where both kinds wait. */
export class Scheduler {
  readonly #core: Core;
  readonly #rules: ConflictRules;
  readonly #lanes: Lanes;
  readonly #bytesPerSecond: () => number | undefined;
  readonly #probe = new Line<Transfer>();
  readonly #small = new Line<Transfer>();
  readonly #large = new Line<Transfer>();
  readonly #compare = new Line<Transfer>();
  readonly #sends = new Set<LargeSend>();
  #busy = 0;
  #busyLarge = 0;
  #isProbing = false;
  #isComparing = false;
  #isOn = true;

  constructor(core: Core, rules: ConflictRules, lanes: Lanes, bytesPerSecond: () => number | undefined) {
    this.#core = core;
    this.#rules = rules;
    this.#lanes = lanes;
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Puts a waiting file in its line, unless it stands in one. */
  enqueue(transfer: Transfer): void {
    if (transfer.queue === 'compare') {
      this.#compare.push(transfer);
      return;
    }
    if (transfer.queue !== undefined) return;
    if (transfer.rule === undefined) {
      transfer.queue = 'probe';
      this.#probe.push(transfer);
    } else if (isSmall(transfer)) {
      transfer.queue = 'small';
      this.#small.push(transfer);
    } else {
      transfer.queue = 'large';
      // What has begun goes on before anything begins.
      if (transfer.upload === undefined) this.#large.push(transfer);
      else this.#large.pushFirst(transfer);
    }
  }

  /** Puts a waiting file before the others of its line. Where it stands behind it is passed over later. */
  toFront(transfer: Transfer): void {
    if (transfer.queue === 'compare') return;
    transfer.queue = transfer.rule === undefined ? 'probe' : isSmall(transfer) ? 'small' : 'large';
    const line = { probe: this.#probe, small: this.#small, large: this.#large }[transfer.queue];
    line.pushFirst(transfer);
  }

  /** Starts as many requests as may be under way; none while all is on hold. */
  pump(isHeld: boolean): void {
    this.#isOn = !isHeld;
    if (isHeld || this.#core.signal.aborted) return;
    void this.#compareNext();
    while (this.#busy < this.#mostBusy()) {
      const run = this.#next();
      if (run === undefined) return;
      void this.#run(run);
    }
  }

  /** Under a limit a few requests are enough, and overdraw less. */
  #mostBusy(): number {
    const { bytesPerSecond } = this.#core.pace.limit;
    if (bytesPerSecond === undefined) return this.#lanes.limit;
    return Math.min(this.#lanes.limit, Math.max(1, Math.floor(bytesPerSecond / BYTES_PER_SECOND_A_LANE)));
  }

  async #run(run: () => Promise<void>): Promise<void> {
    this.#busy += 1;
    try {
      await run();
    } finally {
      this.#busy -= 1;
      if (this.#isOn) this.pump(false);
    }
  }

  #next(): (() => Promise<void>) | undefined {
    if (!this.#isProbing && this.#small.length + this.#large.length < READY_ENOUGH) {
      const asked = this.#take(this.#probe, PROBED_AT_ONCE);
      if (asked.length > 0) return () => this.#askAbout(asked);
    }
    if (!this.#core.pace.mayStart()) return undefined;
    const isLargesTurn = this.#busyLarge * 2 < this.#lanes.limit;
    return isLargesTurn ? (this.#nextLarge() ?? this.#nextSmall()) : (this.#nextSmall() ?? this.#nextLarge());
  }

  async #askAbout(asked: readonly Transfer[]): Promise<void> {
    this.#isProbing = true;
    try {
      await probeKeys(this.#core, this.#rules, asked);
    } finally {
      this.#isProbing = false;
    }
  }

  #nextSmall(): (() => Promise<void>) | undefined {
    const batch = this.#take(this.#small, BATCH_MAX_FILES, batchBytesFor(this.#bytesPerSecond(), BATCH_MAX_BYTES));
    return batch.length === 0 ? undefined : () => sendBatch(this.#core, batch);
  }

  #nextLarge(): (() => Promise<void>) | undefined {
    for (const send of this.#sends) {
      const run = send.next();
      if (send.isOver) this.#sends.delete(send);
      if (run !== undefined) return () => this.#runLarge(send, run);
    }
    if (this.#sends.size >= LARGE_AT_ONCE) return undefined;
    const [transfer] = this.#take(this.#large, 1);
    if (transfer === undefined) return undefined;
    const send = new LargeSend(this.#core, transfer);
    this.#sends.add(send);
    const run = send.next();
    return run === undefined ? undefined : () => this.#runLarge(send, run);
  }

  async #runLarge(send: LargeSend, run: () => Promise<void>): Promise<void> {
    this.#busyLarge += 1;
    try {
      await run();
    } finally {
      this.#busyLarge -= 1;
      if (send.isOver) this.#sends.delete(send);
    }
  }

  /** The next of a line that still wait, all of one bucket; at least one however large it is. */
  #take(line: Line<Transfer>, count: number, maxBytes = Number.POSITIVE_INFINITY): Transfer[] {
    const taken: Transfer[] = [];
    let bytes = 0;
    for (let first = line.peek(); first !== undefined && taken.length < count; first = line.peek()) {
      if (first.state === 'waiting' && this.#core.book.get(first.id) !== undefined) {
        const isFull = taken.length > 0 && (bytes + first.sizeBytes > maxBytes || first.bucket !== taken[0]?.bucket);
        if (isFull) break;
        taken.push(first);
        bytes += first.sizeBytes;
      }
      line.take();
      first.queue = undefined;
    }
    return taken;
  }

  /** Reads of this computer's disk, one at a time; needs no lane. */
  async #compareNext(): Promise<void> {
    if (this.#isComparing || this.#compare.length === 0) return;
    this.#isComparing = true;
    for (let one = this.#compare.take(); one !== undefined; one = this.#compare.take()) {
      one.queue = undefined;
      if (one.state === 'waiting') await compareContent(this.#core, one);
    }
    this.#isComparing = false;
    if (this.#isOn) this.pump(false);
  }
}
