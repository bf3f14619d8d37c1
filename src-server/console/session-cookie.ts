import type { IncomingMessage } from 'node:http';
import { SESSION_LIFE_MS } from '../services/sessions/session-rules.ts';

const NAME = 'stowage_session';

/** The token that the request's cookie carries; the first where there are several. */
export function readSessionCookie({ headers }: IncomingMessage): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (pair.slice(0, at).trim() === NAME) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/** `Set-Cookie` for a new session: scripts cannot read it, and no other site's page makes the browser send it. */
export function sessionCookie(token: string, isSecure: boolean): string {
  return cookie(token, SESSION_LIFE_MS / 1000, isSecure);
}

/** `Set-Cookie` that makes the browser forget the session. */
export function noSessionCookie(isSecure: boolean): string {
  return cookie('', 0, isSecure);
}

function cookie(value: string, maxAgeSeconds: number, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : '';
  return `${NAME}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`;
}
