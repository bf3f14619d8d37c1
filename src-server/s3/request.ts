import type { Identity } from '../services/identity.ts';
import type { RequestBody } from './body/request-body.ts';
import type { Exchange } from './http/exchange.ts';
import type { RequestHeaders } from './http/request-headers.ts';
import type { PostForm, S3Request, Target } from './operation.ts';

/** What the pipeline found out about a request. */
export interface RequestFacts {
  readonly target: Target;
  readonly query: ReadonlyMap<string, string>;
  /** The request's own, or those that a form's fields stand for. */
  readonly headers: RequestHeaders;
  readonly identity: Identity;
  readonly body: RequestBody;
  readonly form: PostForm | undefined;
}

/** The request as an operation sees it, over the exchange that carries it. */
export class OperationRequest implements S3Request {
  readonly target: Target;
  readonly query: ReadonlyMap<string, string>;
  readonly identity: Identity;
  readonly body: RequestBody;
  readonly form: PostForm | undefined;
  readonly #exchange: Exchange;
  readonly #headers: RequestHeaders;

  constructor(exchange: Exchange, facts: RequestFacts) {
    this.#exchange = exchange;
    this.#headers = facts.headers;
    this.target = facts.target;
    this.query = facts.query;
    this.identity = facts.identity;
    this.body = facts.body;
    this.form = facts.form;
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

  get host(): string | undefined {
    return this.#exchange.headers.get('host');
  }

  get signal(): AbortSignal {
    return this.#exchange.signal;
  }

  header(name: string): string | undefined {
    return this.#headers.get(name);
  }

  headersWithPrefix(prefix: string): ReadonlyMap<string, string> {
    return this.#headers.withPrefix(prefix);
  }
}
