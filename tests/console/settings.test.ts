import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { LEAVES } from '../../src-server/config/settings.ts';
import { changePageSchema } from '../../src-server/contract/bucket-changes.ts';
import { errorSchema } from '../../src-server/contract/error.ts';
import { getSettings, type Setting } from '../../src-server/contract/settings.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, TEST_METRICS_TOKEN, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const SETTINGS = '/api/v1/settings';

describe('settings of the console', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  before(async () => {
    server = await startTestServer({ env: { STOWAGE_METRICS_TOKEN: TEST_METRICS_TOKEN } });
    await provision(server.context, {
      tenants: [{ name: 'acme' }],
      users: [
        { name: 'admin', role: 'admin', password: PASSWORD },
        { name: 'user', role: 'user', password: PASSWORD },
        { name: 'tenant', role: 'admin', tenant: 'acme', password: PASSWORD },
      ],
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
  });
  after(() => server.close());

  const parsed = async (response: Response): Promise<ReadonlyMap<string, Setting>> => {
    const text = await response.text();
    assert.equal(response.status, 200, text);
    const { settings } = getSettings.answers[200].schema.parse(JSON.parse(text));
    return new Map(settings.map((setting) => [setting.name, setting]));
  };
  const read = async () => parsed(await admin.send('GET', SETTINGS));
  const change = (changes: Record<string, unknown>) => admin.send('PATCH', SETTINGS, { changes });
  const history = async () =>
    changePageSchema.parse(await (await admin.send('GET', `${SETTINGS}/changes`)).json()).changes;

  it('are for who operates the appliance', async () => {
    for (const name of ['user', 'tenant']) {
      const client = await signInTo(server.consoleUrl, name, PASSWORD);
      for (const answer of [
        await client.send('GET', SETTINGS),
        await client.send('GET', `${SETTINGS}/changes`),
        await client.send('PATCH', SETTINGS, { changes: { region: 'eu-1' } }),
      ]) {
        assert.deepEqual([answer.status, await codeOf(answer)], [403, 'AccessDenied']);
      }
    }
  });

  it('say value, default and who gave it, and of secrets only that they are set', async () => {
    const response = await admin.send('GET', SETTINGS);
    const text = await response.clone().text();
    assert.ok(!text.includes(server.rootCredentials.secretAccessKey) && !text.includes(TEST_METRICS_TOKEN));
    const settings = await parsed(response);
    assert.equal(settings.size, LEAVES.length);
    assert.deepEqual(settings.get('region'), {
      name: 'region',
      kind: 'text',
      choices: [],
      value: 'us-east-1',
      defaultValue: 'us-east-1',
      origin: { kind: 'default', name: 'region' },
      isStored: false,
      storedValue: null,
      isEditable: true,
      effect: 'restart',
      isWaiting: false,
      lastChange: null,
    });
    const pinned = settings.get('s3Address');
    assert.deepEqual(
      [pinned?.isEditable, pinned?.origin, pinned?.value],
      [false, { kind: 'option', name: '--s3-address' }, '127.0.0.1:0'],
    );
    const token = settings.get('metrics.token');
    assert.deepEqual([token?.kind, token?.value, token?.origin.name], ['secret', true, 'STOWAGE_METRICS_TOKEN']);
    assert.deepEqual(settings.get('durability')?.choices, ['strict', 'balanced', 'relaxed']);
    assert.match(String(settings.get('disks')?.value), /^main=.*, hot$/);
  });

  it('take effect at once where they can, and wait for a restart where not', async () => {
    const settings = await parsed(await change({ durability: 'balanced', region: 'eu-central-1' }));
    const durability = settings.get('durability');
    assert.deepEqual(
      [durability?.value, durability?.origin.kind, durability?.effect, durability?.isWaiting],
      ['balanced', 'stored', 'now', false],
    );
    assert.equal(durability?.lastChange?.by, 'admin');
    const region = settings.get('region');
    assert.deepEqual([region?.value, region?.storedValue, region?.isWaiting], ['us-east-1', 'eu-central-1', true]);
    const changes = await history();
    assert.deepEqual(
      changes.map(({ field, before, after, actorName, isLatest }) => [field, before, after, actorName, isLatest]),
      [
        ['region', null, 'eu-central-1', 'admin', true],
        ['durability', null, 'balanced', 'admin', true],
      ],
    );
  });

  it('go back to their default, which is history too', async () => {
    const settings = await parsed(await change({ durability: null, region: null }));
    assert.deepEqual([settings.get('durability')?.value, settings.get('durability')?.isStored], ['strict', false]);
    assert.equal(settings.get('region')?.isWaiting, false);
    const changes = await history();
    assert.equal(changes.length, 4);
    assert.deepEqual([changes[0]?.field, changes[0]?.before, changes[0]?.after], ['region', 'eu-central-1', null]);
    assert.deepEqual(
      changes.map(({ isLatest }) => isLatest),
      [true, true, false, false],
    );
  });

  it('are stored all or none, and a refusal names the setting', async () => {
    const known = (await history()).length;
    const cases: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ durability: 'balanced', region: 'NOT A REGION' }, 'region'],
      [{ durability: 'sloppy' }, 'durability'],
      [{ 'bin.keepDays': 0 }, 'bin.keepDays'],
      [{ 'bin.keepDays': '7' }, 'bin.keepDays'],
      [{ s3Address: '127.0.0.1:7' }, 's3Address'],
      [{ dataDir: '/tmp' }, 'dataDir'],
      [{ nothing: 1 }, 'nothing'],
      [{ 'tls.cert': '/nowhere/cert.pem' }, 'tls.cert'],
      [{ 'tls.cert': '/nowhere/cert.pem', 'tls.key': '/nowhere/key.pem' }, 'tls.cert'],
      [{ 'tls.cert': 'cert.pem' }, 'tls.cert'],
      [{ 'tls.selfSigned': true, 'tls.cert': '/nowhere/cert.pem' }, 'tls.selfSigned'],
    ];
    for (const [changes, path] of cases) {
      const response = await change(changes);
      const { error } = errorSchema.parse(await response.json());
      assert.deepEqual(
        [response.status, error.code, error.path],
        [400, 'InvalidSetting', path],
        JSON.stringify(changes),
      );
    }
    assert.equal((await read()).get('durability')?.value, 'strict');
    assert.equal((await history()).length, known);
    assert.equal((await admin.send('PATCH', SETTINGS, { changes: { region: ['a'] } })).status, 400);
    assert.equal((await admin.send('PATCH', SETTINGS, { region: 'a' })).status, 400);
  });

  it('come page by page in the history', async () => {
    const page = changePageSchema.parse(await (await admin.send('GET', `${SETTINGS}/changes?limit=3`)).json());
    assert.equal(page.changes.length, 3);
    const rest = z.object({ changes: z.array(z.unknown()), nextCursor: z.null() });
    const next = await admin.send('GET', `${SETTINGS}/changes?limit=3&cursor=${page.nextCursor}`);
    assert.equal(rest.parse(await next.json()).changes.length, 1);
  });
});
