import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { sessionSchema, sessionSummarySchema } from '../../src-server/contract/sessions.ts';
import { codeOf, postSession, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const SESSION = '/api/v1/session';

describe('sessions of the console', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    const names = ['anna', 'bert', 'carl'];
    await provision(server.context, {
      users: [
        ...names.map((name) => ({ name, role: 'admin', password: PASSWORD })),
        { name: 'keys-only', role: 'user' },
      ],
    });
  });
  after(() => server.close());

  const listSchema = z.object({ sessions: z.array(sessionSummarySchema) });

  it('signs in with a cookie that scripts and other sites cannot use', async () => {
    const response = await postSession(server.consoleUrl, 'anna', PASSWORD);
    assert.equal(response.status, 201);
    const cookie = response.headers.get('set-cookie') ?? '';
    assert.match(cookie, /^stowage_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/);
    const session = sessionSchema.parse(await response.json());
    assert.deepEqual([session.userName, session.role], ['anna', 'admin']);
    assert.ok(!cookie.includes(session.csrfToken));
  });

  it('knows who is signed in, and forgets them at sign-out', async () => {
    const client = await signInTo(server.consoleUrl, 'anna', PASSWORD);
    assert.equal(sessionSchema.parse(await (await client.send('GET', SESSION)).json()).userName, 'anna');
    const out = await client.send('DELETE', SESSION);
    assert.equal(out.status, 204);
    assert.match(out.headers.get('set-cookie') ?? '', /^stowage_session=;.*Max-Age=0/);
    const gone = await client.send('GET', SESSION);
    assert.deepEqual([gone.status, await codeOf(gone)], [401, 'SignInNeeded']);
    assert.equal(gone.headers.get('www-authenticate'), null);
  });

  it('refuses no cookie and a made-up one', async () => {
    for (const cookie of ['', 'stowage_session=', `stowage_session=${'A'.repeat(43)}`, 'stowage_session=a; x=y']) {
      const response = await fetch(`${server.consoleUrl}${SESSION}`, { headers: { cookie } });
      assert.deepEqual([response.status, await codeOf(response)], [401, 'SignInNeeded']);
    }
  });

  it('takes a change only with the token of this session, and none from another site', async () => {
    const [one, two] = [
      await signInTo(server.consoleUrl, 'anna', PASSWORD),
      await signInTo(server.consoleUrl, 'anna', PASSWORD),
    ];
    for (const headers of [
      { 'x-csrf-token': '' },
      { 'x-csrf-token': two.csrfToken },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const response = await one.send('DELETE', SESSION, undefined, headers);
      assert.deepEqual([response.status, await codeOf(response)], [403, 'RequestForged']);
    }
    assert.equal((await one.send('GET', SESSION)).status, 200);
  });

  it("lists one's own sessions and ends one of them, nobody else's", async () => {
    const [mine, other, stranger] = [
      await signInTo(server.consoleUrl, 'bert', PASSWORD),
      await signInTo(server.consoleUrl, 'bert', PASSWORD),
      await signInTo(server.consoleUrl, 'anna', PASSWORD),
    ];
    const { sessions } = listSchema.parse(await (await mine.send('GET', '/api/v1/sessions')).json());
    assert.equal(sessions.length, 2);
    assert.ok(sessions.every((session) => session.client === 'test browser' && session.address === '127.0.0.1'));
    const id = sessions.find((session) => !session.isCurrent)?.id ?? '';
    assert.equal((await stranger.send('DELETE', `/api/v1/sessions/${id}`)).status, 404);
    assert.equal((await other.send('GET', SESSION)).status, 200);
    assert.equal((await mine.send('DELETE', `/api/v1/sessions/${id}`)).status, 204);
    assert.equal((await other.send('GET', SESSION)).status, 401);
    assert.equal((await mine.send('GET', SESSION)).status, 200);
  });

  it('ends the sessions of a user whose password changes', async () => {
    const client = await signInTo(server.consoleUrl, 'carl', PASSWORD);
    await provision(server.context, { users: [{ name: 'carl', password: PASSWORD }] });
    assert.equal((await client.send('GET', SESSION)).status, 200);
    await provision(server.context, { users: [{ name: 'carl', password: 'another long password' }] });
    assert.equal((await client.send('GET', SESSION)).status, 401);
  });

  it('stores no token, only its hash', async () => {
    const client = await signInTo(server.consoleUrl, 'anna', PASSWORD);
    const rows = await server.context.catalogue.read((tx) => tx.all<Record<string, unknown>>('SELECT * FROM session'));
    const token = client.cookie.split('=')[1] ?? '';
    const stored = rows.flatMap((row) => Object.values(row)).map((value) => String(value));
    assert.ok(token.length === 43 && rows.length > 0);
    assert.ok(!stored.some((value) => value.includes(token) || value.includes(client.csrfToken)));
  });

  // Last: from here on this address has to wait.
  it('tells nothing of names, and slows guessing down', async () => {
    const answers: [number, string][] = [];
    for (const name of ['anna', 'nobody', 'root', 'keys-only', 'anna', 'anna', 'anna']) {
      const response = await postSession(server.consoleUrl, name, 'wrong password');
      if (response.status === 429) assert.match(response.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
      answers.push([response.status, await codeOf(response)]);
    }
    assert.deepEqual(answers.slice(0, 5), Array(5).fill([401, 'WrongCredentials']));
    assert.deepEqual(answers.at(-1), [429, 'TooManyTries']);
    assert.equal((await postSession(server.consoleUrl, 'bert', PASSWORD)).status, 429);
  });
});
