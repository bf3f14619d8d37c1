import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ClientOrigin } from '../../domain/client-origin.ts';
import { Failure } from '../../domain/failure.ts';
import { plainAddress } from '../../domain/policy/ip-range.ts';
import { newRequestId } from '../../observability/request-id.ts';
import { bytesSent } from '../../platform/bytes-sent.ts';
import { ProgressMeter, type ProgressRule } from '../../platform/progress.ts';
import { type ReadWatch, SocketSource } from '../body/socket-source.ts';
import { RequestHeaders } from './request-headers.ts';

/** A body that is left unread up to this size is drained, so that the connection can go on. */
const KEEP_ALIVE_DRAIN_BYTES = 256 * 1024;

/** One request and its answer on a connection: what the listener and the pipeline share about it. */
export class Exchange implements ReadWatch {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly id = newRequestId();
  readonly headers: RequestHeaders;
  readonly source: SocketSource;
  readonly startedMs = performance.now();
  readonly #reading: ProgressMeter;
  readonly #writing: ProgressMeter;
  readonly #bytesReadBefore: number;
  readonly #awaitsContinue: boolean;
  #abort: AbortController | undefined;
  readonly #remoteAddress: string | undefined;
  readonly #localAddress: string | undefined;
  readonly #origin: ClientOrigin;
  #isBroken = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    awaitsContinue: boolean,
    { rule, origin }: { readonly rule: ProgressRule; readonly origin: ClientOrigin },
  ) {
    this.request = request;
    this.response = response;
    this.socket = request.socket;
    this.headers = new RequestHeaders(request.rawHeaders);
    this.#awaitsContinue = awaitsContinue;
    this.#remoteAddress = request.socket.remoteAddress;
    this.#localAddress = request.socket.localAddress;
    this.#origin = origin;
    this.#bytesReadBefore = request.socket.bytesRead;
    this.source = new SocketSource(request, awaitsContinue ? () => response.writeContinue() : undefined, this);
    this.#reading = new ProgressMeter(rule.readWindowMs, rule.minBytesPerSecond);
    this.#writing = new ProgressMeter(rule.writeWindowMs, rule.minBytesPerSecond);
    this.#reading.restart(this.#bytesReadBefore);
    this.#writing.restart(bytesSent(this.socket));
  }

  /** Raw method of the request line. */
  get method(): string {
    return this.request.method ?? '';
  }

  /** Aborts when the client is gone. Made when first asked for: most operations never look. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.socket.destroyed) this.#abort.abort();
    return this.#abort.signal;
  }

  /** Bytes that arrived for this request after its headers were parsed, and those of its body that came with them. */
  get bytesIn(): number {
    const length = this.headers.get('content-length');
    if (this.request.complete && length !== undefined) return Number(length);
    return this.socket.bytesRead - this.#bytesReadBefore;
  }

  /** Does a body, or a rest of one, still stand between this request and the next one of the connection? */
  get hasUnreadBody(): boolean {
    if (this.source.ended || this.request.complete) return false;
    const length = this.headers.get('content-length');
    return (length !== undefined && length !== '0') || this.headers.has('transfer-encoding');
  }

  /** Must the connection end with this answer: is what is left to read too much, unknown, or held back by the client? */
  get mustClose(): boolean {
    if (this.#isBroken) return true;
    if (!this.hasUnreadBody) return false;
    if (this.#awaitsContinue && !this.source.started) return true;
    const length = this.headers.get('content-length');
    return length === undefined || Number(length) > KEEP_ALIVE_DRAIN_BYTES;
  }

  /** Is the client still to send its body, because nobody told it to go on? */
  get holdsBodyBack(): boolean {
    return this.#awaitsContinue && !this.source.started;
  }

  /** The connection can carry nothing after this answer: its framing is lost. */
  breakOff(failure: Failure): void {
    this.#isBroken = true;
    this.source.fail(failure);
  }

  waiting(): void {
    this.#reading.begin(performance.now());
  }

  arrived(): void {
    this.#reading.end(performance.now());
  }

  waitingToSend(): void {
    this.#writing.begin(performance.now());
  }

  sent(): void {
    this.#writing.end(performance.now());
  }

  /**
   * The whole answer was handed to node: what keeps it from being complete is the client alone, once the answers before it
   * on the connection are out.
   */
  handedOver(): void {
    if (this.response.socket !== null) this.waitingToSend();
    else this.response.once('socket', () => this.waitingToSend());
  }

  /** Cuts off a client that does not move its side of the request. */
  sweep(nowMs: number): void {
    if (this.#writing.isTooSlow(nowMs, bytesSent(this.socket))) this.socket.destroy();
    else if (this.#reading.isTooSlow(nowMs, this.socket.bytesRead)) {
      // The operation fails, undoes itself and answers; a client that is merely stuck may still read that.
      this.breakOff(new Failure('RequestTimeout'));
      if (this.response.writableEnded) this.socket.destroy();
    }
  }

  /** Who is at the other end: the socket's address, or what a trusted proxy says. */
  get remoteAddress(): string | undefined {
    return this.#origin.address;
  }

  /** Came it over TLS, to us or to a trusted proxy? */
  get isSecure(): boolean {
    return this.#origin.isSecure;
  }

  /** Does this machine talk to itself? Proven by the two ends of the connection. */
  get isFromThisMachine(): boolean {
    const isOneMachine = this.#remoteAddress !== undefined && this.#remoteAddress === this.#localAddress;
    // A proxy on this machine speaks for others.
    return isOneMachine && plainAddress(this.#remoteAddress?.toLowerCase() ?? '') === this.#origin.address;
  }

  /** The answer is complete but the request is not: calls `done` once its rest was thrown away, or the connection is gone. */
  awaitRest(done: () => void): void {
    this.#reading.begin(performance.now());
    this.request.once('close', done);
  }

  /** The connection is gone or the answer is complete. */
  closed(): void {
    if (!this.response.writableFinished) this.#abort?.abort();
  }
}
