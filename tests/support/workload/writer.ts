import type { LeanAnswer, LeanClient } from '../lean-client.ts';
import { seededBytes } from '../seeded.ts';
import { ABSENT, bodyOf, type KeyState, type Ledger } from './ledger.ts';

export interface WriterOptions {
  readonly client: LeanClient;
  readonly bucket: string;
  readonly ledger: Ledger;
  readonly random: () => number;
  /** Only this writer touches keys with this prefix. */
  readonly prefix: string;
  readonly keyCount: number;
  /** Sizes to draw from, bytes. */
  readonly sizes: readonly number[];
  /** Actions to draw from; all when absent. */
  readonly actions?: readonly Action[];
  /** Of every PUT of an object, a storage class for instance. */
  readonly amzHeaders?: Readonly<Record<string, string>>;
}

export type Action = 'put' | 'delete' | 'copy' | 'multipart';
const ACTIONS: readonly Action[] = ['put', 'put', 'put', 'put', 'put', 'delete', 'copy', 'multipart'];
const MIN_PART_BYTES = 5 * 1024 * 1024;

/** Changes its own keys at random and keeps the ledger, until `stop` or until the connection breaks. */
export class Writer {
  readonly #options: WriterOptions;
  #serial = 0;
  stopped = false;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Resolves when stopped or when the server is gone; rejects on an answer that no healthy server gives. */
  async run(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.step();
      } catch (error) {
        if (error instanceof UnexpectedAnswer) throw error;
        return;
      }
    }
  }

  /** One change of one key. */
  async step(): Promise<void> {
    const action = pick(this.#options.actions ?? ACTIONS, this.#options.random);
    const key = this.#key();
    switch (action) {
      case 'put':
        return this.#put(key);
      case 'delete':
        return this.#delete(key);
      case 'copy':
        return this.#copy(key, this.#key());
      case 'multipart':
        return this.#multipart(key);
    }
  }

  #key(): string {
    return `${this.#options.prefix}${Math.floor(this.#options.random() * this.#options.keyCount)}`;
  }

  #newBody(sizeBytes: number): Extract<KeyState, { kind: 'object' }> {
    this.#serial += 1;
    return { kind: 'object', seed: `${this.#options.prefix}#${this.#serial}#${this.#options.random()}`, sizeBytes };
  }

  async #put(key: string): Promise<void> {
    const next = this.#newBody(pick(this.#options.sizes, this.#options.random));
    this.#options.ledger.begin(key, next);
    const { amzHeaders = {} } = this.#options;
    await this.#change(key, 200, { method: 'PUT', body: bodyOf(next) ?? Buffer.alloc(0), amzHeaders });
  }

  async #delete(key: string): Promise<void> {
    this.#options.ledger.begin(key, ABSENT);
    await this.#change(key, 204, { method: 'DELETE' });
  }

  async #copy(key: string, source: string): Promise<void> {
    const state = this.#options.ledger.state(source);
    if (state.kind === 'absent' || source === key) return;
    this.#options.ledger.begin(key, state);
    const header = { 'x-amz-copy-source': `/${this.#options.bucket}/${source}` };
    await this.#change(key, 200, { method: 'PUT', amzHeaders: header });
  }

  /** One small part mostly; two parts, the first of the least size, now and then. */
  async #multipart(key: string): Promise<void> {
    const { client, bucket, random } = this.#options;
    const path = `/${bucket}/${key}`;
    const first = random() < 0.1 ? MIN_PART_BYTES : 0;
    const next = this.#newBody(first + pick(this.#options.sizes, random));
    const body = seededBytes(next.seed, next.sizeBytes);
    const parts = first === 0 ? [body] : [body.subarray(0, first), body.subarray(first)];
    const created = expectStatus(await client.request({ method: 'POST', path, query: 'uploads=' }), 200);
    const uploadId = /<UploadId>([^<]+)</.exec(created.body.toString())?.[1] ?? '';
    const listed: string[] = [];
    for (const [index, part] of parts.entries()) {
      const query = `partNumber=${index + 1}&uploadId=${encodeURIComponent(uploadId)}`;
      const answer = expectStatus(await client.request({ method: 'PUT', path, query, body: part }), 200);
      listed.push(`<Part><PartNumber>${index + 1}</PartNumber><ETag>${answer.header('etag')}</ETag></Part>`);
    }
    if (random() < 0.2) {
      const query = `uploadId=${encodeURIComponent(uploadId)}`;
      expectStatus(await client.request({ method: 'DELETE', path, query }), 204);
      return;
    }
    this.#options.ledger.begin(key, next);
    const xml = `<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`;
    const query = `uploadId=${encodeURIComponent(uploadId)}`;
    const answer = await this.#change(key, 200, { method: 'POST', query, body: Buffer.from(xml) });
    if (answer.body.includes('<Error>')) throw new UnexpectedAnswer(answer);
  }

  async #change(
    key: string,
    expected: number,
    request: { method: string; query?: string; body?: Buffer; amzHeaders?: Readonly<Record<string, string>> },
  ): Promise<LeanAnswer> {
    const answer = await this.#options.client.request({ ...request, path: `/${this.#options.bucket}/${key}` });
    if (answer.status !== expected) this.#options.ledger.refuse(key);
    expectStatus(answer, expected);
    this.#options.ledger.acknowledge(key);
    return answer;
  }
}

/** The server answered what it must not answer to this load. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';

  constructor(answer: LeanAnswer) {
    super(`${answer.status} ${answer.body.toString('utf8', 0, 500)}`);
  }
}

function expectStatus(answer: LeanAnswer, expected: number): LeanAnswer {
  if (answer.status !== expected) throw new UnexpectedAnswer(answer);
  return answer;
}

function pick<T>(values: readonly T[], random: () => number): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}
