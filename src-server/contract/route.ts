import type * as z from 'zod';

/** One kind of answer of a route. */
export interface RouteAnswer {
  readonly description: string;
  readonly contentType: 'application/json' | 'text/plain' | 'text/html' | 'text/event-stream' | '*/*';
  /** Of the JSON; text has none. */
  readonly schema?: z.ZodType;
  /** Parses by the schema (a test holds it to that). */
  readonly example?: unknown;
}

/** Chapters of the API document. */
export type RouteTag =
  | 'system'
  | 'setup'
  | 'sessions'
  | 'people'
  | 'buckets'
  | 'objects'
  | 'transfers'
  | 'shares'
  | 'operations'
  | 'storage'
  | 'activity'
  | 'settings';

/**
 * One route of the console port as both sides know it: the server parses what comes in with it, the client what comes
 * back, and the OpenAPI document is made from it.
 */
export interface Route {
  /** `getHealthLive`: unique, the operationId. */
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As in OpenAPI, `{id}` for a parameter. */
  readonly path: string;
  readonly tag: RouteTag;
  readonly summary: string;
  /**
   * Who may call it. `loopback-or-token`: this machine, or anyone with the metrics token. `session`: whoever signed in, by the
   * session's cookie; what changes anything also carries its CSRF token in `x-csrf-token`.
   */
  readonly access: 'open' | 'loopback-or-token' | 'session';
  /** Of the query string, each value a string until the schema makes it more. */
  readonly query?: { readonly schema: z.ZodType; readonly example: unknown };
  /** JSON; of at most 64 KiB unless `maxBytes` says otherwise. */
  readonly body?: { readonly schema: z.ZodType; readonly example: unknown; readonly maxBytes?: number };
  /** The body is raw bytes of any type; says which. */
  readonly upload?: string;
  /** By status. Every route can also answer with `errorSchema`. */
  readonly answers: Readonly<Record<number, RouteAnswer>>;
}
