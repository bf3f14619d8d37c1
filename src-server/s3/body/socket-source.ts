import type { IncomingMessage } from 'node:http';
import { Failure } from '../../domain/failure.ts';
import { countReceived } from '../../platform/young-memory.ts';

/**
 * Bytes that wait for the consumer before the socket is paused. What many slow bodies hold together must stay well below what
 * `countReceived` lets pass, or a young collection finds them alive and moves them to where only a full one frees them.
 */
const HIGH_WATER_BYTES = 128 * 1024;

/** Told when a reader begins and ends to wait for the client, so that a stalled one can be cut off. */
export interface ReadWatch {
  waiting(): void;
  arrived(): void;
}

/**
 * The undecoded body of one request as a pulled sequence of socket buffers, handed on as they are. Nothing flows, and no
 * `100 Continue` is sent, before the first pull.
 */
export class SocketSource {
  readonly #request: IncomingMessage;
  readonly #sendContinue: (() => void) | undefined;
  readonly #watch: ReadWatch;
  #started = false;
  #ended = false;
  #isDiscarding = false;
  #failure: Failure | undefined;
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  #waiter: { resolve(chunk: Buffer | undefined): void; reject(reason: Failure): void } | undefined;

  /** @param sendContinue where the client waits for `100 Continue` */
  constructor(request: IncomingMessage, sendContinue: (() => void) | undefined, watch: ReadWatch) {
    this.#request = request;
    this.#sendContinue = sendContinue;
    this.#watch = watch;
  }

  /** Has anyone asked for the body? A client that waits for `100 Continue` sends nothing before. */
  get started(): boolean {
    return this.#started;
  }

  /** Was the whole body taken from the socket? */
  get ended(): boolean {
    return this.#ended;
  }

  /** The next buffer, or undefined at the end. Throws IncompleteBody when the client is gone, or what `fail` was told. */
  next(): Promise<Buffer | undefined> {
    if (!this.#started) this.#start();
    const chunk = this.#queue.shift();
    if (chunk !== undefined) {
      this.#queuedBytes -= chunk.length;
      if (this.#queuedBytes < HIGH_WATER_BYTES && this.#request.isPaused()) this.#request.resume();
      return Promise.resolve(chunk);
    }
    if (this.#ended) return Promise.resolve(undefined);
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#watch.waiting();
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
    });
  }

  /** Puts back what a reader took too much of. */
  unread(bytes: Buffer): void {
    if (bytes.length === 0) return;
    this.#queue.unshift(bytes);
    this.#queuedBytes += bytes.length;
  }

  /** Ends the body with a failure, unless it ended already. */
  fail(failure: Failure): void {
    if (this.#ended || this.#failure !== undefined) return;
    this.#failure = failure;
    this.#takeWaiter()?.reject(failure);
  }

  /** What is still to come is thrown away as it arrives. Nothing is asked of a client that holds its body back. */
  discard(): void {
    if (this.#ended || !this.#started) return;
    this.#isDiscarding = true;
    this.#queue = [];
    this.#queuedBytes = 0;
    if (this.#request.isPaused()) this.#request.resume();
  }

  #start(): void {
    this.#started = true;
    if (this.#request.readableEnded) {
      // A request without any body headers never emits a thing (`optimizeEmptyRequests`).
      this.#ended = true;
      return;
    }
    this.#sendContinue?.();
    this.#request.on('data', (chunk: Buffer) => this.#accept(chunk));
    this.#request.on('end', () => {
      if (this.#failure !== undefined) return;
      this.#ended = true;
      this.#takeWaiter()?.resolve(undefined);
    });
    // Every way to go ends in `close`, an ordinary end as well: no failure is made for that.
    this.#request.on('close', () => {
      if (!this.#ended && this.#failure === undefined) this.fail(new Failure('IncompleteBody'));
    });
  }

  #accept(chunk: Buffer): void {
    countReceived(chunk.length);
    if (this.#failure !== undefined || this.#isDiscarding) return;
    const waiter = this.#takeWaiter();
    if (waiter !== undefined) {
      waiter.resolve(chunk);
      return;
    }
    this.#queue.push(chunk);
    this.#queuedBytes += chunk.length;
    if (this.#queuedBytes >= HIGH_WATER_BYTES) this.#request.pause();
  }

  #takeWaiter() {
    const waiter = this.#waiter;
    if (waiter === undefined) return undefined;
    this.#waiter = undefined;
    this.#watch.arrived();
    return waiter;
  }
}
