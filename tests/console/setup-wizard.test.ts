import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WizardState } from '../../src-server/contract/setup-wizard.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const WIZARD = '/api/v1/setup/wizard';
const KIT = '/api/v1/setup/recovery-kit';

describe('setup of a claimed install', () => {
  let server: TestServer;
  let anna: ConsoleClient;
  let user: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, { users: [{ name: 'user', role: 'user', password: PASSWORD }] });
    const token = readFileSync(join(server.dataDir, 'setup-token'), 'utf8').trim();
    await fetch(`${server.consoleUrl}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, name: 'anna', password: PASSWORD }),
    });
    anna = await signInTo(server.consoleUrl, 'anna', PASSWORD);
    user = await signInTo(server.consoleUrl, 'user', PASSWORD);
  });
  after(() => server.close());

  const state = async (client = anna): Promise<unknown> => (await client.send('GET', WIZARD)).json();
  const put = (next: WizardState | null, client = anna) => client.send('PUT', WIZARD, { state: next });

  it('begins with the claim, for admins of the install', async () => {
    assert.deepEqual(await state(), { state: { step: 'recovery', bucket: null, accessKeyId: null } });
    assert.deepEqual(await state(user), { state: null });
    assert.equal(await codeOf(await put(null, user)), 'AccessDenied');
    assert.equal(await codeOf(await user.send('POST', KIT)), 'AccessDenied');
  });

  it('hands out the recovery kit in its first step only, against a forged request too', async () => {
    const forged = await anna.send('POST', KIT, undefined, { 'x-csrf-token': 'wrong' });
    assert.equal(await codeOf(forged), 'RequestForged');
    const stored = readFileSync(join(server.dataDir, 'recovery-kit.txt'), 'utf8');
    const answer = await anna.send('POST', KIT);
    assert.deepEqual(await answer.json(), { fileName: 'stowage-recovery-kit.txt', text: stored });
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    rmSync(join(server.dataDir, 'recovery-kit.txt'));
    assert.equal(await codeOf(await anna.send('POST', KIT)), 'NoRecoveryKit');
    assert.equal((await put({ step: 'disks', bucket: null, accessKeyId: null })).status, 204);
    assert.equal(await codeOf(await anna.send('POST', KIT)), 'SetupEnded');
  });

  it('goes on where it was left, and never begins again', async () => {
    const next: WizardState = { step: 'done', bucket: 'office', accessKeyId: 'STOWEXAMPLE' };
    assert.equal((await put(next)).status, 204);
    assert.deepEqual(await state(), { state: next });
    assert.equal(await codeOf(await put({ ...next, step: 'recovery' })), 'SetupEnded');
    assert.equal((await put(null)).status, 204);
    assert.deepEqual(await state(), { state: null });
    assert.equal(await codeOf(await put(next)), 'SetupEnded');
    assert.equal(await codeOf(await anna.send('POST', KIT)), 'SetupEnded');
  });
});
