import type { LiveEvent } from '../contract/events.ts';
import type { Route } from '../contract/route.ts';
import type { Logger } from '../observability/logger.ts';
import type { FamilySnapshot } from '../observability/metrics.ts';
import type { Appliance } from '../services/appliance/appliance.ts';
import type { ServiceContext } from '../services/context.ts';
import type { Identity, UserIdentity } from '../services/identity.ts';
import type { IncomingBody } from '../services/objects/incoming-body.ts';
import type { WantedBytes } from '../services/objects/select-bytes.ts';
import type { ActiveSession } from '../services/sessions/active-session.ts';
import type { RunningSettings } from '../services/settings/running-settings.ts';
import type { BodyChunk } from '../storage/body-store.ts';

/** What the endpoints show of the server around them; the composition root gives it. */
export interface ConsoleFacts {
  readonly version: string;
  /** `http://host:port` of the S3 port. */
  readonly s3Url: string;
  /** Does the catalogue take reads, do writes work, on how many disks? Asks the catalogue; of disks, what is known. */
  health(): Promise<HealthFacts>;
  /** One snapshot a thread. */
  metrics(): Promise<readonly (readonly FamilySnapshot[])[]>;
  /** The running server as a whole. */
  readonly appliance: Appliance;
  readonly settings: RunningSettings;
}

export interface HealthFacts {
  readonly catalogueWorks: boolean;
  readonly writableDisks: number;
  /** Sentences for a person: what does not work as it should. */
  readonly degraded: readonly string[];
}

/** A parsed request: endpoints see nothing rawer. */
export interface EndpointRequest {
  readonly id: string;
  /** Parsed by the route's schema; undefined where the route has no body. */
  readonly body: unknown;
  /** Parsed by the route's schema; undefined where the route has no query. */
  readonly query: unknown;
  /** Decoded parameters of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** Who signed in; undefined where the route does not ask. */
  readonly session: ConsoleSession | undefined;
  /** Of a route with an upload: opened once, by who may. Throws `Failure` EntityTooLarge. */
  readonly upload: { readonly contentType: string | undefined; body(): IncomingBody } | undefined;
  /** What Range and If-Range say. */
  readonly wanted: WantedBytes;
  /** For pages that are made on the server. */
  readonly http: PageFacts;
  readonly client: { readonly address: string; readonly userAgent: string; readonly isSecure: boolean };
  /** Aborts when the client leaves before it has its answer. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** What a page made on the server goes by beside its route. */
export interface PageFacts {
  readonly isHead: boolean;
  readonly acceptLanguage: string;
  readonly cookie: string;
  /** As sent, `''` without one. */
  readonly ifNoneMatch: string;
  /** Announced by Content-Length. */
  readonly bodyBytes: number | undefined;
}

/** A session whose cookie was proven, and whose request was not forged. */
export interface ConsoleSession extends ActiveSession {
  readonly identity: UserIdentity & Identity;
}

/** A request of somebody who signed in. */
export interface SignedInRequest extends EndpointRequest {
  readonly session: ConsoleSession;
}

export interface EndpointAnswer {
  readonly status: number;
  /** A string or bytes go out as they are, undefined as no body, anything else as JSON. */
  readonly body: unknown;
  /** Instead of a body. */
  readonly stream?: EndpointStream;
  /** Instead of a body: an answer without an end. Called once; what it returns is called when the client has gone. */
  readonly events?: (send: (event: LiveEvent) => void) => () => void;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Bytes to be sent as they are read; not opened for HEAD. */
export interface EndpointStream {
  readonly sizeBytes: number;
  open(signal: AbortSignal): AsyncIterable<BodyChunk>;
}

/** One route and what it does. Throws `Failure` or `ConsoleError`. */
export interface Endpoint {
  readonly route: Route;
  handle(context: ServiceContext, facts: ConsoleFacts, request: EndpointRequest): Promise<EndpointAnswer>;
}

/** An endpoint of a route that wants a session. */
export function sessionEndpoint(
  route: Route & { readonly access: 'session' },
  handle: (context: ServiceContext, request: SignedInRequest, facts: ConsoleFacts) => Promise<EndpointAnswer>,
): Endpoint {
  return {
    route,
    handle: async (context, facts, request) => {
      const { session } = request;
      if (session === undefined) throw new Error(`${route.name} was reached without a session`);
      return handle(context, { ...request, session }, facts);
    },
  };
}

/** An error of the console API that S3 has no code for. */
export class ConsoleError extends Error {
  override readonly name = 'ConsoleError';
  readonly status: number;
  readonly code: string;
  readonly path: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    path?: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.path = path;
    this.headers = headers;
  }
}
