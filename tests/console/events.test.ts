import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type LiveEvent, liveEventSchema } from '../../src-server/contract/events.ts';
import { findUserByName } from '../../src-server/db/tables/iam-user.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import type { EventAudience } from '../../src-server/observability/event-hub.ts';
import { hashSessionToken, newSessionId, newSessionToken } from '../../src-server/services/sessions/session-token.ts';
import { type ConsoleClient, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const HELLO: LiveEvent = { kind: 'hello' };

describe('GET /api/v1/events', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    const roles = ['admin', 'user'] as const;
    await provision(server.context, { users: roles.map((role) => ({ name: role, role, password: PASSWORD })) });
  });
  after(() => server.close());

  /** Events as they come; the first is known to have been sent when this resolves. */
  async function watch(client: ConsoleClient) {
    const abort = new AbortController();
    const response = await fetch(`${server.consoleUrl}/api/v1/events`, {
      headers: { cookie: client.cookie },
      signal: abort.signal,
    });
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const next = async (): Promise<LiveEvent> => {
      while (!text.includes('\n\n')) {
        const piece = await reader?.read();
        if (piece === undefined || piece.done) throw new Error('the stream ended');
        text += piece.value;
      }
      const [line = '', ...rest] = text.split('\n\n');
      text = rest.join('\n\n');
      const event = liveEventSchema.parse(JSON.parse(line.replace(/^data: /, '')));
      // The server speaks too: how it is every ten seconds, who signed in.
      return event.kind === 'hello' ? event : next();
    };
    assert.deepEqual(await next(), HELLO);
    return { next, close: () => abort.abort() };
  }

  it('tells each audience what is for it, and nobody else', async () => {
    const admin = await watch(await signInTo(server.consoleUrl, 'admin', PASSWORD));
    const user = await watch(await signInTo(server.consoleUrl, 'user', PASSWORD));
    const publish = (audience: EventAudience) => server.context.events.publish(HELLO, audience);
    publish('admins');
    publish('everybody');
    assert.deepEqual([await admin.next(), await admin.next(), await user.next()], [HELLO, HELLO, HELLO]);
    let more = false;
    const extra = user.next().then(
      () => {
        more = true;
      },
      () => undefined,
    );
    publish('admins');
    await admin.next();
    assert.equal(more, false);
    user.close();
    admin.close();
    await extra;
  });

  it('ends when the port closes, and does not hold it up', async () => {
    const other = await startTestServer();
    await provision(other.context, { users: [{ name: 'admin', role: 'admin', password: PASSWORD }] });
    const { cookie } = await signInTo(other.consoleUrl, 'admin', PASSWORD);
    const response = await fetch(`${other.consoleUrl}/api/v1/events`, { headers: { cookie } });
    const text = response.text();
    await other.close();
    assert.match(await text, /^data: /);
  });

  const statusOf = (promise: Promise<Response>) => promise.then(({ status }) => status);
  /** The text of a stream that ends within two seconds. */
  async function textOfStream(client: ConsoleClient, act: () => Promise<unknown>): Promise<string> {
    const response = await fetch(`${server.consoleUrl}/api/v1/events`, {
      headers: { cookie: client.cookie },
      signal: AbortSignal.timeout(2000),
    });
    await act();
    return response.text();
  }

  it('ends when its session is closed, wherever from', async () => {
    const admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    const user = await signInTo(server.consoleUrl, 'user', PASSWORD);
    await textOfStream(user, () => user.send('DELETE', '/api/v1/session'));
    const again = await signInTo(server.consoleUrl, 'user', PASSWORD);
    await textOfStream(again, () => admin.send('DELETE', '/api/v1/people/user/sessions'));
    assert.equal(await statusOf(again.send('GET', '/api/v1/session')), 401);
  });

  it('ends when its user is given another role or suspended; other streams go on', async () => {
    const admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    const watching = await watch(admin);
    for (const changes of [{ role: 'readonly' }, { state: 'disabled' }]) {
      const user = await signInTo(server.consoleUrl, 'user', PASSWORD);
      await textOfStream(user, () => admin.send('PATCH', '/api/v1/people/user', changes));
    }
    server.context.events.publish(HELLO, 'admins');
    assert.deepEqual(await watching.next(), HELLO);
    watching.close();
  });

  it('ends when its session runs out', async () => {
    const { context } = server;
    const user = await context.catalogue.read((tx) => findUserByName(tx, 'admin'));
    assert.ok(user?.password_hash);
    const token = newSessionToken();
    const nowMs = context.now();
    await context.engine.submit('open-session', {
      id: newSessionId(),
      tokenHash: hashSessionToken(token),
      userId: user.id,
      verifiedPasswordHash: user.password_hash,
      proof: null,
      nowMs,
      // Read from a clock that counts the same.
      expiresMs: (nowMs + 600) as EpochMs,
      unusedSinceMs: 0 as EpochMs,
      address: '127.0.0.1',
      client: 'test',
    });
    const cookie = `stowage_session=${token}`;
    const client = { cookie, csrfToken: '', send: () => Promise.reject(new Error('only watches')) };
    await textOfStream(client, async () => undefined);
    assert.ok(context.now() >= nowMs + 600);
  });

  it('wants a session', async () => {
    assert.equal((await fetch(`${server.consoleUrl}/api/v1/events`)).status, 401);
  });
});
