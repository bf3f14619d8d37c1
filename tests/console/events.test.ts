import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type LiveEvent, liveEventSchema } from '../../src-server/contract/events.ts';
import type { EventAudience } from '../../src-server/observability/event-hub.ts';
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

  it('wants a session', async () => {
    assert.equal((await fetch(`${server.consoleUrl}/api/v1/events`)).status, 401);
  });
});
