import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Route } from '../contract/route.ts';
import { assertNever } from '../domain/assert-never.ts';
import { isSameSecret } from '../platform/same-secret.ts';
import { ConsoleError } from './endpoint.ts';

/** Asked before anything else of a request is looked at. Throws `ConsoleError` 401. */
export function checkAccess(access: Route['access'], request: IncomingMessage, metricsToken: string | null): void {
  switch (access) {
    case 'open':
      return;
    case 'loopback-or-token':
      if (isFromThisMachine(request) || hasToken(request, metricsToken)) return;
      throw new ConsoleError(401, 'Unauthorized', 'from another machine a bearer token is wanted (metrics.token)');
    default:
      assertNever(access);
  }
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
