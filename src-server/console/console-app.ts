import Router from '@koa/router';
import Koa, { type Context, type Middleware, type Next } from 'koa';
import { isFailure } from '../domain/failure.ts';
import { redactText } from '../observability/redact.ts';
import { newRequestId } from '../observability/request-id.ts';
import { rendererFolder } from '../platform/asset-folder.ts';
import { DEFAULT_PROGRESS, type ProgressRule } from '../platform/progress.ts';
import { actingAs } from '../services/access/acting.ts';
import { noteDenied } from '../services/access/denied.ts';
import { clientOrigin } from '../services/client-origin.ts';
import type { ServiceContext } from '../services/context.ts';
import type { Identity } from '../services/identity.ts';
import { watchSession } from '../services/sessions/watch-session.ts';
import { checkAccess, strangerOf } from './access.ts';
import { clientAddress } from './client-address.ts';
import { wantedBytes } from './content-request.ts';
import { ConsoleError, type ConsoleFacts, type Endpoint, type EndpointAnswer } from './endpoint.ts';
import { presentError } from './present-error.ts';
import { readJsonBody } from './read-json-body.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { sendEvents } from './send-events.ts';
import { sendStream } from './send-stream.ts';
import { serveApp } from './static/serve-app.ts';
import { uploadBody } from './upload-body.ts';

/** The Koa application: request id -> headers -> error shape -> route -> access -> body -> endpoint. */
export function createConsoleApp(
  context: ServiceContext,
  facts: ConsoleFacts,
  endpoints: readonly Endpoint[],
  progress: ProgressRule = DEFAULT_PROGRESS,
): Koa {
  const app = new Koa();
  // One listener for each open stream of events.
  app.setMaxListeners(0);
  const router = new Router();
  for (const endpoint of endpoints) {
    const path = endpoint.route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router[endpoint.route.method](path, (ctx: Context) => runEndpoint(endpoint, context, facts, ctx, progress));
  }
  app.use(answerErrors(context));
  app.use(router.routes());
  app.use(serveApp(rendererFolder()));
  app.use((ctx: Context) => {
    const known = router.match(ctx.path, ctx.method).path.length > 0;
    if (known) throw new ConsoleError(405, 'MethodNotAllowed', `${ctx.method} is not possible here`);
    throw new ConsoleError(404, 'NotFound', 'there is nothing here');
  });
  // Errors are answered above; what Koa reports here are broken connections.
  app.on('error', (error: unknown) => context.log.debug({ err: error }, 'a console connection broke'));
  return app;
}

function answerErrors(context: ServiceContext): Middleware {
  return async (ctx: Context, next: Next) => {
    const requestId = newRequestId();
    ctx.state.requestId = requestId;
    ctx.set({ ...SECURITY_HEADERS, 'x-request-id': requestId });
    try {
      await next();
      if (REFUSED.has(ctx.status)) noteRefusal(context, ctx, ctx.status, undefined, answeredCode(ctx.body));
    } catch (error) {
      const { status, body, isBug, headers } = presentError(error, requestId);
      if (REFUSED.has(status)) noteRefusal(context, ctx, status, error, body.error.code);
      if (isBug) context.log.error({ err: error, requestId }, 'a console request failed');
      // A body that was not read to its end must not be taken for the next request.
      if (!ctx.req.complete) ctx.set('connection', 'close');
      write(ctx, { status, body, headers });
    }
  };
}

const REFUSED: ReadonlySet<number> = new Set([401, 403, 429]);

/** Signs in, proves a password, opens a link: whatever route it was, who was refused stands in the files of denied requests. */
function noteRefusal(context: ServiceContext, ctx: Context, status: number, error: unknown, code: string): void {
  // Set by `runEndpoint` below, as far as it came.
  const { identity, route } = ctx.state as { identity?: Identity; route?: string };
  noteDenied(context, identity, {
    action: `console:${route ?? ctx.method}`,
    // Links of shares and content end in a secret.
    resource: redactText(ctx.path),
    code,
    status,
    port: 'console',
    error,
    sourceAddress: clientAddress(context.config, ctx.req),
    requestId: String(ctx.state.requestId),
  });
}

/** Of an endpoint that answered the error itself. */
function answeredCode(body: unknown): string {
  try {
    const { error }: { error?: { code?: unknown } } = typeof body === 'string' ? JSON.parse(body) : {};
    return typeof error?.code === 'string' ? error.code : 'AccessDenied';
  } catch {
    return 'AccessDenied';
  }
}

/** The console says of a limit what HTTP says of it. Throws ConsoleError 429. */
function admit(ask: () => unknown): void {
  try {
    ask();
  } catch (error) {
    if (!isFailure(error, 'SlowDown')) throw error;
    throw new ConsoleError(
      429,
      'TooManyRequests',
      'too many requests; try again',
      undefined,
      error.detail.headers ?? {},
    );
  }
}

async function runEndpoint(
  endpoint: Endpoint,
  context: ServiceContext,
  facts: ConsoleFacts,
  ctx: Context,
  progress: ProgressRule,
): Promise<void> {
  const { route } = endpoint;
  const { signal } = abortedWhenGone(ctx);
  ctx.state.route = route.name;
  const id = String(ctx.state.requestId);
  admit(() => context.limits?.admitAddress(clientAddress(context.config, ctx.req)));
  const session = await checkAccess(context, route, ctx.req, id);
  if (session !== undefined) admit(() => context.limits?.admitIdentity(session.identity));
  ctx.state.identity = session?.identity;
  const query = route.query?.schema.parse({ ...ctx.query });
  const body =
    route.body === undefined ? undefined : route.body.schema.parse(await readJsonBody(ctx.req, route.body.maxBytes));
  const upload =
    route.upload === undefined
      ? undefined
      : { contentType: ctx.req.headers['content-type'], body: () => uploadBody(ctx.req, progress) };
  const wanted = wantedBytes(ctx.req.headers);
  const client = {
    address: clientAddress(context.config, ctx.req),
    userAgent: ctx.get('user-agent'),
    isSecure: clientOrigin(context.config, ctx.req).isSecure,
  };
  const announced = ctx.req.headers['content-length'];
  const http = {
    isHead: ctx.method === 'HEAD',
    acceptLanguage: ctx.get('accept-language'),
    cookie: ctx.get('cookie'),
    ifNoneMatch: ctx.get('if-none-match'),
    bodyBytes: announced === undefined ? undefined : Number(announced),
  };
  // The router sets the parameters that the route's path names.
  const params = ctx.params as Readonly<Record<string, string>>;
  const log = context.log.child({ requestId: id });
  const asked = { id, body, query, params, session, upload, wanted, http, client, signal, log };
  const acting = actingAs(context, session?.identity ?? strangerOf(context.config, ctx.req, id));
  const answer = await endpoint.handle(acting, facts, asked);
  if (answer.events === undefined) {
    write(ctx, answer, progress);
    return;
  }
  if (session === undefined) throw new Error(`${route.name} sends events to nobody who signed in`);
  sendEvents(ctx, answer.events, (onEnd) => watchSession(context, session, onEnd));
}

function abortedWhenGone({ res }: Context): AbortController {
  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) gone.abort();
  });
  return gone;
}

function write(
  ctx: Context,
  { status, body, stream, headers = {} }: EndpointAnswer,
  progress = DEFAULT_PROGRESS,
): void {
  ctx.status = status;
  if (stream !== undefined) {
    sendStream(ctx, stream, progress);
    ctx.set({ ...headers });
    return;
  }
  if (body instanceof Uint8Array) {
    ctx.body = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    ctx.set({ ...headers });
    return;
  }
  if (body === undefined) {
    ctx.set({ ...headers });
    ctx.body = null;
    ctx.status = status;
    return;
  }
  const text = typeof body === 'string';
  ctx.set({ 'content-type': text ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8', ...headers });
  ctx.body = text ? body : JSON.stringify(body);
}
