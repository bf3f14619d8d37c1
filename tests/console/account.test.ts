import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { accountSchema } from '../../src-server/contract/account.ts';
import { passwordLinkSchema } from '../../src-server/contract/people.ts';
import { sessionSummarySchema } from '../../src-server/contract/sessions.ts';
import { codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const NEXT_PASSWORD = 'another long password';
const ACCOUNT = '/api/v1/account';

describe("one's own account in the console", () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    const names = ['anna', 'bert', 'carl', 'dora'];
    await provision(server.context, { users: names.map((name) => ({ name, role: 'admin', password: PASSWORD })) });
  });
  after(() => server.close());

  const as = (name: string, password = PASSWORD) => signInTo(server.consoleUrl, name, password);

  it('shows it, and changes name and e-mail, nothing else', async () => {
    const anna = await as('anna');
    assert.equal((await anna.send('PATCH', ACCOUNT, { displayName: 'Anna A.', email: 'a@example.org' })).status, 204);
    const account = accountSchema.parse(await (await anna.send('GET', ACCOUNT)).json());
    assert.deepEqual(
      [account.userName, account.displayName, account.email, account.role, account.hasSecondFactor],
      ['anna', 'Anna A.', 'a@example.org', 'admin', false],
    );
    for (const body of [{ role: 'root' }, { userName: 'root' }, { email: 'nothing' }, { displayName: '' }]) {
      assert.equal((await anna.send('PATCH', ACCOUNT, body)).status, 400);
    }
  });

  it('changes the password for who knows the old one; other sessions and a standing link end', async () => {
    const [here, there, admin] = [await as('bert'), await as('bert'), await as('anna')];
    const made = await admin.send('POST', '/api/v1/people/bert/password-link');
    const { token } = passwordLinkSchema.parse(await made.json());
    const change = (oldPassword: string, newPassword: string) =>
      here.send('POST', `${ACCOUNT}/password`, { oldPassword, newPassword });
    const wrong = await change('wrong password', NEXT_PASSWORD);
    assert.deepEqual([wrong.status, await codeOf(wrong)], [403, 'WrongProof']);
    assert.equal((await change(PASSWORD, 'short')).status, 400);
    assert.equal((await change(PASSWORD, NEXT_PASSWORD)).status, 204);
    assert.equal((await here.send('GET', ACCOUNT)).status, 200);
    assert.equal((await there.send('GET', ACCOUNT)).status, 401);
    await as('bert', NEXT_PASSWORD);
    const link = await fetch(`${server.consoleUrl}/api/v1/password-link/look`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    assert.equal(link.status, 404);
  });

  it('ends all other sessions of this user, and nobody else', async () => {
    const [here, there, stranger] = [await as('carl'), await as('carl'), await as('anna')];
    assert.equal((await here.send('DELETE', '/api/v1/sessions')).status, 204);
    assert.equal((await there.send('GET', ACCOUNT)).status, 401);
    assert.equal((await stranger.send('GET', ACCOUNT)).status, 200);
    const listed = z.object({ sessions: z.array(sessionSummarySchema) });
    const { sessions } = listed.parse(await (await here.send('GET', '/api/v1/sessions')).json());
    assert.deepEqual(
      sessions.map(({ isCurrent }) => isCurrent),
      [true],
    );
  });

  it('asks for a session and its token', async () => {
    const anna = await as('anna');
    const body = { oldPassword: PASSWORD, newPassword: NEXT_PASSWORD };
    const forged = await anna.send('POST', `${ACCOUNT}/password`, body, { 'x-csrf-token': 'wrong' });
    assert.deepEqual([forged.status, await codeOf(forged)], [403, 'RequestForged']);
    for (const path of [ACCOUNT, '/api/v1/sessions']) {
      assert.equal((await fetch(`${server.consoleUrl}${path}`)).status, 401);
    }
  });

  // Last: from here on this address has to wait.
  it('slows down who guesses the old password at an open session', async () => {
    const dora = await as('dora');
    const codes: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      const body = { oldPassword: `guess ${i}`, newPassword: NEXT_PASSWORD };
      codes.push(await codeOf(await dora.send('POST', `${ACCOUNT}/password`, body)));
    }
    assert.ok(codes.includes('WrongProof') && codes.at(-1) === 'TooManyTries');
  });
});
