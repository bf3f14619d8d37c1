import { connect, type Socket } from 'node:net';

/** An HTTP answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** A plain socket that speaks just enough HTTP to see what a client library would hide. */
export class RawClient implements AsyncDisposable {
  readonly socket: Socket;
  /** What has arrived and was not handed out, joined only when somebody looks at it. */
  #pieces: Buffer[] = [];
  #receivedBytes = 0;
  #isClosed = false;
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#pieces.push(bytes);
      this.#receivedBytes += bytes.length;
      this.#wake?.();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#isClosed = true;
      this.#wake?.();
    });
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('error', reject);
    });
    return new RawClient(socket);
  }

  send(data: string | Uint8Array): void {
    if (typeof data === 'string') this.socket.write(data, 'latin1');
    else this.socket.write(data);
  }

  /** Request line and headers; a body is the caller's. */
  sendHead(method: string, target: string, headers: Record<string, string>): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.send(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
  }

  /** The next answer, also an interim one. Rejects where the connection ends before it is whole. */
  async answer(options: { readonly head?: boolean } = {}): Promise<RawAnswer> {
    const headEnd = await this.#until(() => {
      const at = this.#received().indexOf('\r\n\r\n');
      return at === -1 ? undefined : at;
    });
    const [statusLine = '', ...lines] = this.#received().toString('latin1', 0, headEnd).split('\r\n');
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const status = Number(statusLine.split(' ')[1]);
    const bodyless = options.head === true || status < 200 || status === 204 || status === 304;
    const length = bodyless ? 0 : Number(headers['content-length']);
    const end = headEnd + 4 + length;
    await this.#until(() => (this.#receivedBytes >= end ? true : undefined));
    const received = this.#received();
    const body = received.subarray(headEnd + 4, end);
    this.#pieces = [received.subarray(end)];
    this.#receivedBytes -= end;
    return { status, headers, body };
  }

  /** Resolves once the server has closed the connection. */
  async closed(): Promise<void> {
    while (!this.#isClosed) await this.#next();
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  #received(): Buffer {
    const joined = Buffer.concat(this.#pieces);
    this.#pieces = [joined];
    return joined;
  }

  async #until<T>(found: () => T | undefined): Promise<T> {
    for (;;) {
      const value = found();
      if (value !== undefined) return value;
      if (this.#isClosed)
        throw new Error(`connection closed after ${JSON.stringify(this.#received().toString('latin1').slice(0, 200))}`);
      await this.#next();
    }
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy();
  }
}

/** One request on its own connection. */
export async function rawRequest(
  port: number,
  method: string,
  target: string,
  headers: Record<string, string>,
  body: string | Uint8Array = '',
): Promise<RawAnswer> {
  await using client = await RawClient.connect(port);
  client.sendHead(method, target, headers);
  if (body.length > 0) client.send(body);
  // Awaited here: the connection is closed on return.
  return await client.answer({ head: method === 'HEAD' });
}

/** The text of an element of an error document. */
export function xmlField(answer: RawAnswer, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer.body.toString())?.[1];
}
