import type { Identity } from '../services/identity.ts';
import type { RequestBody } from './body/request-body.ts';
import type { Exchange } from './http/exchange.ts';
import type { S3Request, Target } from './operation.ts';

/** The request as an operation sees it, over the exchange that carries it. */
export class OperationRequest implements S3Request {
  readonly target: Target;
  readonly query: ReadonlyMap<string, string>;
  readonly identity: Identity;
  readonly body: RequestBody;
  readonly #exchange: Exchange;

  constructor(
    exchange: Exchange,
    target: Target,
    query: ReadonlyMap<string, string>,
    identity: Identity,
    body: RequestBody,
  ) {
    this.#exchange = exchange;
    this.target = target;
    this.query = query;
    this.identity = identity;
    this.body = body;
  }

  get id(): string {
    return this.#exchange.id;
  }

  get method(): string {
    return this.#exchange.method;
  }

  get userAgent(): string {
    return this.#exchange.headers.get('user-agent') ?? '';
  }

  get signal(): AbortSignal {
    return this.#exchange.signal;
  }

  header(name: string): string | undefined {
    return this.#exchange.headers.get(name);
  }

  headersWithPrefix(prefix: string): ReadonlyMap<string, string> {
    return this.#exchange.headers.withPrefix(prefix);
  }
}
