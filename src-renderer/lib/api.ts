import type * as z from 'zod';
import { errorSchema } from '../../src-server/contract/error.ts';
import type { Route } from '../../src-server/contract/route.ts';

/** What the server refused, or `ConnectionLost` (status 0) where it did not answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;

  constructor(status: number, code: string, message: string, requestId?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

type SuccessSchema<A> = A extends { readonly 200: { readonly schema: infer S } }
  ? S
  : A extends { readonly 201: { readonly schema: infer S } }
    ? S
    : undefined;
export type AnswerOf<R extends Route> =
  SuccessSchema<R['answers']> extends z.ZodType ? z.output<SuccessSchema<R['answers']>> : undefined;
type BodyOf<R extends Route> = R extends { readonly body: { readonly schema: infer S extends z.ZodType } }
  ? z.input<S>
  : never;

interface Call<R extends Route> {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: BodyOf<R>;
  readonly signal?: AbortSignal;
}

let csrfToken = '';

/** The token of the session, for every later request that changes anything. */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

export function csrfHeader(): Readonly<Record<string, string>> {
  return csrfToken === '' ? {} : { 'x-csrf-token': csrfToken };
}

/** Calls a route of the contract and parses its answer by it. Throws `ApiError`. */
export async function call<R extends Route>(route: R, given: Call<R> = {}): Promise<AnswerOf<R>> {
  const { status, isOk, text } = await send(route, given);
  if (!isOk) throw errorFrom(status, text);
  const schema = route.answers[status]?.schema;
  // The contract's types say what the schema of this route's answer parses to; without a schema there is no answer.
  return (schema === undefined ? undefined : schema.parse(JSON.parse(text))) as AnswerOf<R>;
}

/** The error that an answer with this body stands for. */
export function errorFrom(status: number, text: string): ApiError {
  const parsed = errorSchema.safeParse(parseJson(text));
  if (!parsed.success) return new ApiError(status, 'Unreadable', `HTTP ${status}`);
  const { code, message, requestId } = parsed.data.error;
  return new ApiError(status, code, message, requestId);
}

/** May asking again help? What the server decided will not change by it; a lost connection or a server in trouble may. */
export function mayPass(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

/** `/buckets/{bucket}` with the parameters filled in. */
export function urlOf(path: string, params: Readonly<Record<string, string>> = {}, query: Call<Route>['query'] = {}) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(Object.entries(query).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])));
  return search.size === 0 ? filled : `${filled}?${search}`;
}

async function send<R extends Route>(route: R, { params, query, body, signal }: Call<R>) {
  const headers = { ...csrfHeader(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  try {
    const response = await fetch(urlOf(route.path, params, query), {
      method: route.method.toUpperCase(),
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    // The connection may still break while the answer comes.
    return { status: response.status, isOk: response.ok, text: await response.text() };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiError(0, 'ConnectionLost', '');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
