/** What to do with the body of an answer. `expected` compares byte by byte without keeping anything. */
export type BodyUse =
  | { readonly kind: 'discard' }
  | { readonly kind: 'collect' }
  | { readonly kind: 'expected'; readonly bytes: Buffer };

export interface Answer {
  readonly status: number;
  /** The raw head, latin1. */
  readonly head: string;
  readonly bodyBytes: number;
  /** Present for `collect`. */
  readonly body: Buffer | undefined;
  /** False when a body that was expected differed in any byte. */
  readonly bodyMatches: boolean;
  /** `performance.now()` when the head was complete. */
  readonly firstByteAt: number;
  readonly keepAlive: boolean;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = 10;

const patterns = new Map<string, RegExp>();

/** Value of a header, or undefined. `name` in lower case. */
export function headerOf(head: string, name: string): string | undefined {
  let pattern = patterns.get(name);
  if (pattern === undefined) {
    pattern = new RegExp(`\\r\\n${name}:[ \\t]*([^\\r]*)`, 'i');
    patterns.set(name, pattern);
  }
  return pattern.exec(head)?.[1]?.trim();
}

type Phase = 'head' | 'sized' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailer' | 'until-close' | 'done';

/** Parses one HTTP/1.1 answer out of pieces, holding no more than its head (and what `collect` asks for). */
export class ResponseReader {
  readonly #isHead: boolean;
  readonly #use: BodyUse;
  #phase: Phase = 'head';
  #pending: Buffer = Buffer.alloc(0);
  #line = '';
  #left = 0;
  #head = '';
  #status = 0;
  #bodyBytes = 0;
  #matches = true;
  #firstByteAt = 0;
  #keepAlive = true;
  readonly #collected: Buffer[] = [];

  constructor(isHead: boolean, use: BodyUse) {
    this.#isHead = isHead;
    this.#use = use;
  }

  /** Takes received bytes (not kept after return). True once the answer is complete. */
  push(bytes: Buffer): boolean {
    let rest = bytes;
    while (rest.length > 0 && this.#phase !== 'done') rest = this.#step(rest);
    if (rest.length > 0) throw new Error('bytes after the end of the answer');
    return this.#phase === 'done';
  }

  /** The peer closed. True when that ends an answer without a length. */
  end(): boolean {
    if (this.#phase === 'until-close') this.#phase = 'done';
    return this.#phase === 'done';
  }

  answer(): Answer {
    if (this.#use.kind === 'expected' && this.#bodyBytes !== this.#use.bytes.length) this.#matches = false;
    return {
      status: this.#status,
      head: this.#head,
      bodyBytes: this.#bodyBytes,
      body: this.#use.kind === 'collect' ? Buffer.concat(this.#collected) : undefined,
      bodyMatches: this.#matches,
      firstByteAt: this.#firstByteAt,
      keepAlive: this.#keepAlive,
    };
  }

  #step(bytes: Buffer): Buffer {
    switch (this.#phase) {
      case 'head':
        return this.#readHead(bytes);
      case 'sized': {
        const rest = this.#readData(bytes);
        if (this.#left === 0) this.#phase = 'done';
        return rest;
      }
      case 'chunk-data': {
        const rest = this.#readData(bytes);
        if (this.#left === 0) this.#phase = 'chunk-end';
        return rest;
      }
      case 'until-close':
        this.#left = bytes.length;
        return this.#readData(bytes);
      case 'done':
        return bytes;
      default:
        return this.#readLine(bytes);
    }
  }

  #readHead(bytes: Buffer): Buffer {
    const all = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const end = all.indexOf(HEAD_END);
    if (end < 0) {
      this.#pending = Buffer.from(all);
      return bytes.subarray(bytes.length);
    }
    this.#pending = Buffer.alloc(0);
    this.#startBody(all.toString('latin1', 0, end + 2));
    return all.subarray(end + HEAD_END.length);
  }

  #startBody(head: string): void {
    const status = Number(head.slice(9, 12));
    if (status >= 100 && status < 200) return;
    this.#head = head;
    this.#status = status;
    this.#firstByteAt = performance.now();
    this.#keepAlive = !/\r\nconnection:[ \t]*close/i.test(head);
    if (this.#isHead || status === 204 || status === 304) {
      this.#phase = 'done';
      return;
    }
    const length = headerOf(head, 'content-length');
    if (length !== undefined) {
      this.#left = Number(length);
      this.#phase = this.#left === 0 ? 'done' : 'sized';
    } else if (headerOf(head, 'transfer-encoding') === 'chunked') this.#phase = 'chunk-size';
    else this.#phase = 'until-close';
  }

  #readData(bytes: Buffer): Buffer {
    const data = bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes;
    if (this.#use.kind === 'collect') this.#collected.push(Buffer.from(data));
    else if (this.#use.kind === 'expected') {
      const expected = this.#use.bytes.subarray(this.#bodyBytes, this.#bodyBytes + data.length);
      if (this.#matches) this.#matches = expected.equals(data);
    }
    this.#bodyBytes += data.length;
    this.#left -= data.length;
    return bytes.subarray(data.length);
  }

  #readLine(bytes: Buffer): Buffer {
    const end = bytes.indexOf(LINE_END);
    this.#line += bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
    if (end < 0) return bytes.subarray(bytes.length);
    const line = this.#line.trim();
    this.#line = '';
    if (this.#phase === 'chunk-end') this.#phase = 'chunk-size';
    else if (this.#phase === 'chunk-size') {
      this.#left = Number.parseInt(line, 16);
      if (Number.isNaN(this.#left)) throw new Error(`bad chunk size: ${line.slice(0, 40)}`);
      this.#phase = this.#left === 0 ? 'trailer' : 'chunk-data';
    } else if (line === '') this.#phase = 'done';
    return bytes.subarray(end + 1);
  }
}
