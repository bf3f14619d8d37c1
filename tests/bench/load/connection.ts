import { connect, type Socket } from 'node:net';
import { type Answer, type BodyUse, ResponseReader } from './response-reader.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
}

/** A body is one buffer sent `times` times (so that a gigabyte needs no gigabyte here). */
export interface RequestBody {
  readonly bytes: Buffer;
  readonly times: number;
}

export interface HttpRequest {
  /** The head with its empty line. */
  readonly head: string;
  readonly body?: RequestBody | undefined;
  readonly isHead?: boolean;
  readonly use: BodyUse;
}

interface Waiting {
  readonly reader: ResponseReader;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const SMALL_BODY_BYTES = 64 * 1024;
/** Only a guard against a hang: completing a huge upload may take long on other servers. */
const SILENCE_MS = 300_000;

/** One keep-alive connection with one request in flight. Reconnects where the server closed. */
export class Connection {
  readonly #target: Target;
  readonly #readBuffer: Buffer;
  #socket: Socket | undefined;
  #waiting: Waiting | undefined;

  /** `readBufferBytes`: how much one read takes; large for large bodies. */
  constructor(target: Target, readBufferBytes = 64 * 1024) {
    this.#target = target;
    this.#readBuffer = Buffer.allocUnsafeSlow(readBufferBytes);
  }

  /** Sends a request and resolves to its answer. Rejects when the connection breaks before the answer is complete. */
  request(request: HttpRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#waiting !== undefined) throw new Error('a request is in flight on this connection');
      this.#waiting = { reader: new ResponseReader(request.isHead ?? false, request.use), resolve, reject };
      const socket = this.#socket ?? this.#open();
      if (request.body === undefined) socket.write(request.head, 'latin1');
      else if (request.body.times === 1) writeWhole(socket, request.head, request.body.bytes);
      else void writeRepeated(socket, request.head, request.body, () => this.#waiting !== undefined);
    });
  }

  /** Closes; a request in flight is rejected. */
  close(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    socket.destroy();
    this.#fail(socket, new Error('the connection was closed here'));
  }

  #open(): Socket {
    const socket = connect({
      host: this.#target.host,
      port: this.#target.port,
      noDelay: true,
      onread: {
        buffer: this.#readBuffer,
        callback: (length, buffer) => {
          this.#received(socket, Buffer.from(buffer.buffer, buffer.byteOffset, length));
          return true;
        },
      },
    });
    socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('the server was silent too long')));
    socket.on('error', (error) => this.#fail(socket, error));
    socket.on('end', () => {
      if (this.#waiting?.reader.end() === true) this.#finish(this.#waiting, false);
    });
    socket.on('close', () => this.#fail(socket, new Error('the server closed the connection')));
    this.#socket = socket;
    return socket;
  }

  #received(socket: Socket, bytes: Buffer): void {
    const waiting = this.#waiting;
    if (waiting === undefined) {
      socket.destroy(new Error('an answer nobody asked for'));
      return;
    }
    try {
      if (waiting.reader.push(bytes)) this.#finish(waiting, true);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #finish(waiting: Waiting, open: boolean): void {
    this.#waiting = undefined;
    const answer = waiting.reader.answer();
    // A socket that still has bytes to send after its answer (an early refusal) is of no more use.
    if (!open || !answer.keepAlive || (this.#socket?.writableLength ?? 0) > SMALL_BODY_BYTES) this.close();
    waiting.resolve(answer);
  }

  #fail(socket: Socket, error: Error): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(error);
  }
}

function writeWhole(socket: Socket, head: string, body: Buffer): void {
  if (body.length <= SMALL_BODY_BYTES) {
    const bytes = Buffer.allocUnsafe(head.length + body.length);
    bytes.write(head, 0, 'latin1');
    body.copy(bytes, head.length);
    socket.write(bytes);
    return;
  }
  socket.cork();
  socket.write(head, 'latin1');
  socket.write(body);
  socket.uncork();
}

async function writeRepeated(socket: Socket, head: string, body: RequestBody, wanted: () => boolean): Promise<void> {
  socket.write(head, 'latin1');
  for (let index = 0; index < body.times && wanted() && !socket.destroyed; index += 1) {
    if (socket.write(body.bytes)) continue;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        socket.off('drain', done);
        socket.off('close', done);
        resolve();
      };
      socket.on('drain', done);
      socket.on('close', done);
    });
  }
}
