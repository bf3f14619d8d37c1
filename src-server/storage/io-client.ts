import type { MessagePort } from 'node:worker_threads';
import type {
  Asked,
  DiskFault,
  FromWorker,
  IoFailure,
  IoReply,
  IoRequest,
  SegmentSealed,
  Told,
  ToWorker,
} from './io-protocol.ts';
import type { Slab, SlabRef } from './slab-arena.ts';

/** An I/O worker could not do what was asked; `code` is an errno's name or `DAMAGED`. */
class IoError extends Error {
  override readonly name = 'IoError';
  readonly code: string;

  constructor(failure: IoFailure) {
    super(failure.message);
    this.code = failure.code;
  }
}

export interface IoClientEvents {
  onFault(fault: DiskFault): void;
  onSegmentSealed(name: string): void;
}

type Ok = Exclude<IoReply, { readonly kind: 'failed' }>;
type WithoutTicket<R = Asked> = R extends Asked ? Omit<R, 'ticket'> : never;

interface Pending {
  readonly worker: number;
  readonly resolve: (reply: Ok) => void;
  readonly reject: (error: Error) => void;
}

/** One HTTP thread's connection to all I/O workers. */
export class IoClient {
  readonly #ports: readonly MessagePort[];
  readonly #events: IoClientEvents;
  readonly #pending = new Map<number, Pending>();
  readonly #bodies: number[];
  readonly #announced: readonly Set<number>[];
  /** For each worker what was said in this turn. */
  readonly #outboxes: IoRequest[][];
  #lastTicket = 0;

  /** @param ports one to each worker, in the same order in every thread */
  constructor(ports: readonly MessagePort[], events: IoClientEvents) {
    this.#ports = ports;
    this.#events = events;
    this.#bodies = ports.map(() => 0);
    this.#announced = ports.map(() => new Set());
    this.#outboxes = ports.map(() => []);
    for (const [worker, port] of ports.entries()) {
      port.on('message', (messages: FromWorker) => {
        for (const message of messages) this.#receive(message);
      });
      port.on('close', () => this.#lose(worker));
      port.unref();
    }
  }

  /** The worker with the fewest bodies of this thread; counts one more until `unassign`. */
  assign(): number {
    const worker = this.#bodies.indexOf(Math.min(...this.#bodies));
    this.#bodies[worker] = (this.#bodies[worker] ?? 0) + 1;
    return worker;
  }

  unassign(worker: number): void {
    this.#bodies[worker] = (this.#bodies[worker] ?? 1) - 1;
  }

  /** The one worker that appends to this disk's segments, whichever thread asks. */
  appenderOf(diskId: number): number {
    return diskId % this.#ports.length;
  }

  /** Names `length` bytes of a slab from `start` to a worker, which learns of the memory once. */
  reference(worker: number, slab: Slab, start: number, length: number): SlabRef {
    const known = this.#announced[worker];
    if (known !== undefined && !known.has(slab.block)) {
      known.add(slab.block);
      this.tell(worker, { kind: 'memory', block: slab.block, memory: slab.memory });
    }
    return { block: slab.block, offset: slab.offset + start, length };
  }

  tell(worker: number, message: Told): void {
    this.#say(worker, message);
  }

  /** Rejects with IoError, also when the worker is gone. */
  ask(worker: number, message: WithoutTicket): Promise<Ok> {
    this.#lastTicket += 1;
    const ticket = this.#lastTicket;
    return new Promise((resolve, reject) => {
      this.#pending.set(ticket, { worker, resolve, reject });
      // While an answer is due the process stays.
      if (this.#pending.size === 1) for (const each of this.#ports) each.ref();
      // The spread of a union member and its ticket is again that member, which the compiler cannot see.
      this.#say(worker, { ...message, ticket } as Asked);
    });
  }

  #say(worker: number, request: IoRequest): void {
    const outbox = this.#outboxes[worker];
    if (outbox === undefined) throw new Error(`there is no I/O worker ${worker}`);
    // A tick runs as soon as the code that runs now has ended, before anything else happens.
    if (outbox.push(request) === 1) process.nextTick(() => this.#flush(worker));
  }

  #flush(worker: number): void {
    const said: ToWorker = this.#outboxes[worker] ?? [];
    this.#outboxes[worker] = [];
    this.#ports[worker]?.postMessage(said);
  }

  close(): void {
    for (const port of this.#ports) port.close();
  }

  #receive(message: IoReply | SegmentSealed): void {
    if (message.kind === 'segment-sealed') {
      this.#events.onSegmentSealed(message.name);
      return;
    }
    for (const fault of message.faults) this.#events.onFault(fault);
    const pending = this.#take(message.ticket);
    if (message.kind === 'failed') pending?.reject(new IoError(message.failure));
    else pending?.resolve(message);
  }

  #take(ticket: number): Pending | undefined {
    const pending = this.#pending.get(ticket);
    this.#pending.delete(ticket);
    if (this.#pending.size === 0) for (const port of this.#ports) port.unref();
    return pending;
  }

  #lose(worker: number): void {
    for (const [ticket, pending] of this.#pending) {
      if (pending.worker !== worker) continue;
      this.#take(ticket)?.reject(new IoError({ code: 'EIO', message: 'the I/O worker is gone' }));
    }
  }
}
