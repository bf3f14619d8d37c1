import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod';
import { accountSchema } from '../../src-server/contract/account.ts';
import { stepAt, totpCode } from '../../src-server/services/second-factor/totp.ts';
import { signIn } from '../../src-server/services/sessions/sign-in.ts';
import { type ConsoleClient, codeOf, postSession, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const FACTOR = '/api/v1/account/second-factor';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An authenticator app: reads the secret as text, gives codes. */
function appWith(text: string): (steps?: number) => string {
  const bits = [...text].map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return (steps = 0) => totpCode(Buffer.from(bytes), stepAt(Date.now()) + steps);
}

const begunSchema = z.object({ secret: z.string(), uri: z.string() });
const codesSchema = z.object({ recoveryCodes: z.array(z.string()) });

describe('the second factor of the console', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    const names = ['admin', 'anna', 'bert', 'carl', 'dora'];
    await provision(server.context, { users: names.map((name) => ({ name, role: 'admin', password: PASSWORD })) });
  });
  after(() => server.close());

  const begin = async (client: ConsoleClient, password = PASSWORD) => client.send('POST', FACTOR, { password });
  /** Turns it on with the code of the step before, so that the present one is still good. */
  const turnOn = async (client: ConsoleClient) => {
    const { secret } = begunSchema.parse(await (await begin(client)).json());
    const app = appWith(secret);
    const response = await client.send('POST', `${FACTOR}/confirm`, { code: app(-1) });
    assert.equal(response.status, 200);
    return { app, secret, ...codesSchema.parse(await response.json()) };
  };
  let addresses = 0;
  /** Each try from an address of its own, which the limiter would make wait. */
  const outcome = async (name: string, code?: string, password = PASSWORD) => {
    addresses += 1;
    const request = { name, password, code, address: `10.0.0.${addresses}`, client: 'test' };
    return (await signIn(server.context, request)).kind;
  };
  const isOn = async (client: ConsoleClient) =>
    accountSchema.parse(await (await client.send('GET', '/api/v1/account')).json());

  it('counts only once a code of it was given', async () => {
    const anna = await signInTo(server.consoleUrl, 'anna', PASSWORD);
    assert.equal(await codeOf(await begin(anna, 'wrong')), 'WrongProof');
    const first = begunSchema.parse(await (await begin(anna)).json());
    assert.match(first.uri, /^otpauth:\/\/totp\/Stowage:anna\?secret=[A-Z2-7]{32}&issuer=Stowage$/);
    assert.equal(await outcome('anna'), 'signed-in');
    const second = begunSchema.parse(await (await begin(anna)).json());
    const confirm = (code: string) => anna.send('POST', `${FACTOR}/confirm`, { code });
    for (const code of ['000000x', appWith(first.secret)()]) {
      assert.equal(await codeOf(await confirm(code)), 'WrongProof', 'of a secret that was replaced');
    }
    assert.equal((await isOn(anna)).hasSecondFactor, false);
    const { recoveryCodes } = codesSchema.parse(await (await confirm(appWith(second.secret)(-1))).json());
    assert.equal(recoveryCodes.length, 10);
    assert.deepEqual([(await isOn(anna)).hasSecondFactor, (await isOn(anna)).recoveryCodesLeft], [true, 10]);
    assert.equal(await codeOf(await begin(anna)), 'EntityAlreadyExists');
  });

  it('asks for a code at the sign-in, after the right password only, and takes each once', async () => {
    const bert = await signInTo(server.consoleUrl, 'bert', PASSWORD);
    const { app } = await turnOn(bert);
    assert.equal(await outcome('bert'), 'code-needed');
    assert.equal(await outcome('bert', undefined, 'wrong'), 'wrong-credentials');
    assert.equal(await outcome('bert', app(), 'wrong'), 'wrong-credentials');
    assert.equal(await outcome('bert', app(5)), 'wrong-credentials');
    const code = app();
    const raced = await Promise.all([outcome('bert', code), outcome('bert', code)]);
    assert.deepEqual(raced.sort(), ['signed-in', 'wrong-credentials']);
    assert.equal(await outcome('bert', code), 'wrong-credentials', 'a second time');
    assert.equal(await outcome('bert', app(1)), 'signed-in', 'the next one');
    assert.equal(await outcome('bert', code), 'wrong-credentials', 'an older one');
  });

  it('takes a recovery code once; new ones end the old ones', async () => {
    const carl = await signInTo(server.consoleUrl, 'carl', PASSWORD);
    const { app, recoveryCodes } = await turnOn(carl);
    const [first = '', second = ''] = recoveryCodes;
    assert.equal(await outcome('carl', first.toUpperCase()), 'signed-in');
    assert.equal(await outcome('carl', first), 'wrong-credentials');
    assert.equal((await isOn(carl)).recoveryCodesLeft, 9);
    const renew = (code: string, password = PASSWORD) =>
      carl.send('POST', `${FACTOR}/recovery-codes`, { password, code });
    assert.equal(await codeOf(await renew(app(), 'wrong')), 'WrongProof');
    assert.equal(await codeOf(await renew('aaaa-aaaa-aaaa-aaaa')), 'WrongProof');
    const next = codesSchema.parse(await (await renew(app())).json()).recoveryCodes;
    assert.equal(await outcome('carl', second), 'wrong-credentials');
    assert.equal(await outcome('carl', next[0]), 'signed-in');
  });

  it('is turned off with password and code, and by an admin for who lost it', async () => {
    const [dora, admin] = [
      await signInTo(server.consoleUrl, 'dora', PASSWORD),
      await signInTo(server.consoleUrl, 'admin', PASSWORD),
    ];
    const { app } = await turnOn(dora);
    const off = (code: string, password = PASSWORD) => dora.send('POST', `${FACTOR}/off`, { password, code });
    assert.equal(await codeOf(await off(app(), 'wrong')), 'WrongProof');
    assert.equal(await codeOf(await off('123')), 'WrongProof');
    assert.equal((await off(app())).status, 204);
    assert.equal(await outcome('dora'), 'signed-in');
    assert.equal(await codeOf(await off(app(1))), 'WrongProof', 'none is on');
    await turnOn(dora);
    assert.equal(await outcome('dora'), 'code-needed');
    assert.equal((await admin.send('DELETE', '/api/v1/people/dora/second-factor')).status, 204);
    assert.equal(await outcome('dora'), 'signed-in');
  });

  it('stores secrets sealed and codes as hashes', async () => {
    const dora = await signInTo(server.consoleUrl, 'dora', PASSWORD);
    const { secret, recoveryCodes } = await turnOn(dora);
    const rows = await server.context.catalogue.read(async (tx) => [
      ...(await tx.all<Record<string, unknown>>('SELECT * FROM second_factor')),
      ...(await tx.all<Record<string, unknown>>('SELECT * FROM recovery_code')),
    ]);
    const stored = rows.flatMap((row) => Object.values(row)).map((value) => String(value));
    assert.ok(stored.length > 0);
    for (const text of [secret, ...recoveryCodes]) assert.ok(!stored.some((value) => value.includes(text)));
  });

  it('says on the wire that a code is wanted, and takes it', async () => {
    const carl = await postSession(server.consoleUrl, 'carl', PASSWORD);
    assert.deepEqual([carl.status, await codeOf(carl)], [401, 'CodeNeeded']);
    const wrong = await postSession(server.consoleUrl, 'carl', PASSWORD, '000000');
    assert.deepEqual([wrong.status, await codeOf(wrong)], [401, 'WrongCredentials']);
  });

  // Last: from here on this name has to wait.
  it('slows down who knows the password and guesses codes', async () => {
    const outcomes: string[] = [];
    for (let i = 0; i < 7; i += 1) outcomes.push(await outcome('anna', `00000${i}`));
    assert.ok(outcomes.includes('wrong-credentials'));
    assert.equal(outcomes.at(-1), 'wait');
  });
});
