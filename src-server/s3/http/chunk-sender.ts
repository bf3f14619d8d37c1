import type { BodyChunk } from '../../storage/body-store.ts';
import type { Exchange } from './exchange.ts';

/** Bytes of one answer that may wait in the socket; more is not read from disk. */
const IN_FLIGHT_BYTES = 2 * 1024 * 1024;

/** A stream that ended before or after its announced size: the connection is cut, never ended as if all were well. */
export class WrongBodySize extends Error {
  override readonly name = 'WrongBodySize';
}

/** The client closed the connection while its answer was being sent. Nobody's failure. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/**
 * Writes the chunks of one answer with backpressure, and gives each one's buffers back exactly once: when the kernel has
 * its bytes, or when the connection is closed. (node forgets the callbacks of what still waits behind a pipelined answer.)
 */
export class ChunkSender {
  readonly #exchange: Exchange;
  readonly #pending = new Set<BodyChunk>();
  readonly #onClose = (): void => this.#dropAll();
  #inFlightBytes = 0;
  #wake: (() => void) | undefined;
  #isFinished = false;
  sentBytes = 0;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    exchange.socket.on('close', this.#onClose);
  }

  /** Answers a promise where the caller must wait. Throws WrongBodySize before it sends too much, ClientGone. */
  send(chunk: BodyChunk, limitBytes: number): Promise<void> | undefined {
    const { response, socket } = this.#exchange;
    const isTooMuch = this.sentBytes + chunk.sizeBytes > limitBytes;
    if (socket.destroyed || isTooMuch) {
      chunk.release();
      throw isTooMuch ? new WrongBodySize(`more than ${limitBytes} bytes`) : new ClientGone('the client is gone');
    }
    this.sentBytes += chunk.sizeBytes;
    this.#inFlightBytes += chunk.sizeBytes;
    this.#pending.add(chunk);
    const last = chunk.pieces.length - 1;
    if (last < 0) this.#written(chunk);
    response.cork();
    for (let i = 0; i <= last; i++) {
      response.write(chunk.pieces[i], i === last ? () => this.#written(chunk) : undefined);
    }
    response.uncork();
    if (this.#inFlightBytes < IN_FLIGHT_BYTES) return undefined;
    this.#exchange.waitingToSend();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Nothing more will be sent. */
  finish(): void {
    this.#isFinished = true;
    if (this.#pending.size === 0) this.#exchange.socket.off('close', this.#onClose);
  }

  #written(chunk: BodyChunk): void {
    if (!this.#pending.delete(chunk)) return;
    chunk.release();
    this.#inFlightBytes -= chunk.sizeBytes;
    if (this.#isFinished && this.#pending.size === 0) this.#exchange.socket.off('close', this.#onClose);
    if (this.#inFlightBytes < IN_FLIGHT_BYTES) this.#goOn();
  }

  #dropAll(): void {
    for (const chunk of this.#pending) chunk.release();
    this.#pending.clear();
    this.#goOn();
  }

  #goOn(): void {
    if (this.#wake === undefined) return;
    this.#exchange.sent();
    this.#wake();
    this.#wake = undefined;
  }
}
