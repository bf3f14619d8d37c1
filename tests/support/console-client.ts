import * as z from 'zod';
import { sessionSchema } from '../../src-server/contract/sessions.ts';

/** A browser as far as the console's API needs one: keeps the session's cookie and sends its CSRF token. */
export interface ConsoleClient {
  readonly csrfToken: string;
  readonly cookie: string;
  /** `body` goes out as JSON. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

/** Sends a sign-in. */
export function postSession(consoleUrl: string, name: string, password: string, code?: string): Promise<Response> {
  return fetch(`${consoleUrl}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'test browser' },
    body: JSON.stringify({ name, password, ...(code === undefined ? {} : { code }) }),
  });
}

/** Signs in. Throws where that fails. */
export async function signInTo(
  consoleUrl: string,
  name: string,
  password: string,
  code?: string,
): Promise<ConsoleClient> {
  const response = await postSession(consoleUrl, name, password, code);
  const { csrfToken } = sessionSchema.parse(await response.json());
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return {
    csrfToken,
    cookie,
    send: (method, path, body, headers = {}) =>
      fetch(`${consoleUrl}${path}`, {
        method,
        headers: {
          cookie,
          ...(method === 'GET' ? {} : { 'x-csrf-token': csrfToken }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** The code of an error answer. */
export async function codeOf(response: Response): Promise<string> {
  const shape = z.object({ error: z.object({ code: z.string() }) });
  return shape.parse(await response.json()).error.code;
}
