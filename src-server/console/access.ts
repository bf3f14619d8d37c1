import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Config } from '../config/schema.ts';
import type { Route } from '../contract/route.ts';
import { assertNever } from '../domain/assert-never.ts';
import { isSameSecret } from '../platform/same-secret.ts';
import { clientOrigin } from '../services/client-origin.ts';
import type { ServiceContext } from '../services/context.ts';
import type { AnonymousIdentity, Identity, RequestEnvironment, UserIdentity } from '../services/identity.ts';
import { resolveSession } from '../services/sessions/resolve-session.ts';
import { clientAddress } from './client-address.ts';
import { ConsoleError, type ConsoleSession } from './endpoint.ts';
import { readSessionCookie } from './session-cookie.ts';

/**
 * Asked before anything else of a request is looked at; answers the session where the route wants one. Throws
 * `ConsoleError` 401, and 403 for a change that another site's page may have asked for.
 */
export async function checkAccess(
  context: ServiceContext,
  { access, method }: Route,
  request: IncomingMessage,
  requestId: string,
): Promise<ConsoleSession | undefined> {
  if (method !== 'get' && request.headers['sec-fetch-site'] === 'cross-site') throw forged('this is another site');
  switch (access) {
    case 'open':
      return undefined;
    case 'loopback-or-token':
      if (isFromThisMachine(request) || hasToken(request, context.config.metricsToken)) return undefined;
      throw new ConsoleError(401, 'Unauthorized', 'from another machine a bearer token is wanted (metrics.token)');
    case 'session': {
      const session = await requireSession(context, request, requestId);
      if (method !== 'get') checkCsrf(request, session);
      return session;
    }
    default:
      return assertNever(access);
  }
}

async function requireSession(
  context: ServiceContext,
  request: IncomingMessage,
  requestId: string,
): Promise<ConsoleSession> {
  const token = readSessionCookie(request);
  const session =
    token === undefined ? undefined : await resolveSession(context, token, clientAddress(context.config, request));
  if (session === undefined) throw new ConsoleError(401, 'SignInNeeded', 'sign in first');
  const identity = { ...session.user, environment: environmentOf(context.config, request, requestId) };
  // The one place of the console that brands a user: the cookie's token proved it.
  return { ...session, identity: identity as UserIdentity & Identity };
}

/** Who has not signed in (yet): for the audit trail. */
export function strangerOf(config: Config, request: IncomingMessage, requestId: string): Identity {
  const stranger: AnonymousIdentity = { kind: 'anonymous', environment: environmentOf(config, request, requestId) };
  // Nobody needs to prove that they are nobody.
  return stranger as Identity;
}

function environmentOf(config: Config, request: IncomingMessage, requestId: string): RequestEnvironment {
  const { socket, headers } = request;
  return {
    sourceAddress: clientAddress(config, request),
    isSecure: clientOrigin(config, request).isSecure,
    tlsVersion: (socket instanceof TLSSocket ? socket.getProtocol() : undefined) ?? undefined,
    userAgent: headers['user-agent'],
    referer: headers.referer,
    authType: undefined,
    signatureVersion: undefined,
    signatureAgeMs: undefined,
    port: 'console',
    requestId,
  };
}

function checkCsrf({ headers }: IncomingMessage, session: ConsoleSession): void {
  const given = headers['x-csrf-token'];
  if (typeof given === 'string' && isSameSecret(given, session.csrfToken)) return;
  throw forged('x-csrf-token is not the one of this session');
}

function forged(message: string): ConsoleError {
  return new ConsoleError(403, 'RequestForged', message);
}

/**
 * True for a program on this machine that speaks to us itself: a proxy on this machine speaks for others, and a Host that
 * is no loopback name is a web page whose domain was pointed here.
 */
function isFromThisMachine({ socket, headers }: IncomingMessage): boolean {
  if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined || headers.via !== undefined)
    return false;
  return isLoopback(socket.remoteAddress ?? '') && isLoopback(hostName(headers.host ?? ''));
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

function isLoopback(host: string): boolean {
  const plain = host.toLowerCase().replace(/^::ffff:/, '');
  return plain === 'localhost' || plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

function hasToken({ headers }: IncomingMessage, metricsToken: string | null): boolean {
  const given = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (given === undefined || metricsToken === null) return false;
  return isSameSecret(given, metricsToken);
}
