import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  CreateBucketCommand,
  GetBucketCorsCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketCorsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import { postSecondFactor } from '../../src-server/contract/account.ts';
import { changePageSchema } from '../../src-server/contract/bucket-changes.ts';
import { type ImportResult, importResultSchema } from '../../src-server/contract/configuration.ts';
import { getSettings } from '../../src-server/contract/settings.ts';
import { stepAt, totpCode } from '../../src-server/services/second-factor/totp.ts';
import { type ConsoleClient, codeOf, postSession, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { keyOf, provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const OTHER_PASSWORD = 'another horse, another staple';
const PASSPHRASE = 'seven bridges over the canary river';
const CANARY = 'canary-secret-in-the-coal-mine-4711';
const EXPORT = '/api/v1/configuration/export';
const IMPORT = '/api/v1/configuration/import';

/** Of the authenticator app, as its bytes. */
function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const facts = statSync(path);
    if (facts.isDirectory()) return filesUnder(path);
    // The control socket holds nothing.
    return facts.isFile() ? [path] : [];
  });
}

describe('the configuration in one sealed file', () => {
  let old: TestServer;
  let fresh: TestServer;
  let oldAdmin: ConsoleClient;
  let freshAdmin: ConsoleClient;
  let file = '';
  let totp: Buffer = Buffer.alloc(0);
  before(async () => {
    old = await startTestServer();
    fresh = await startTestServer();
    await provision(old.context, {
      tenants: [{ name: 'acme' }],
      users: [
        { name: 'anna', role: 'admin', password: PASSWORD, displayName: 'Anna Aalto' },
        { name: 'tina', role: 'admin', tenant: 'acme', password: PASSWORD },
        { name: 'carl', role: 'user', accessKeys: [{ accessKeyId: 'CARLSKEY', secretAccessKey: CANARY }] },
        { name: 'dora', role: 'user', password: PASSWORD, accessKeys: [keyOf('dora')] },
      ],
      buckets: [{ name: 'ledger', owner: 'tina' }],
    });
    oldAdmin = await signInTo(old.consoleUrl, 'anna', PASSWORD);
    await furnish();
    await provision(fresh.context, { users: [{ name: 'boss', role: 'admin', password: OTHER_PASSWORD }] });
    freshAdmin = await signInTo(fresh.consoleUrl, 'boss', OTHER_PASSWORD);
  });
  after(async () => {
    await old?.close();
    await fresh?.close();
  });

  /** What a person sets up in an afternoon. */
  async function furnish(): Promise<void> {
    const carl = old.newClient({ credentials: { accessKeyId: 'CARLSKEY', secretAccessKey: CANARY } });
    await carl.send(new CreateBucketCommand({ Bucket: 'photos' }));
    await carl.send(
      new PutBucketVersioningCommand({ Bucket: 'photos', VersioningConfiguration: { Status: 'Enabled' } }),
    );
    await carl.send(
      new PutBucketTaggingCommand({ Bucket: 'photos', Tagging: { TagSet: [{ Key: 'team', Value: 'north' }] } }),
    );
    const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://a.example'] }];
    await carl.send(new PutBucketCorsCommand({ Bucket: 'photos', CORSConfiguration: { CORSRules } }));
    await old.client.send(new CreateBucketCommand({ Bucket: 'of-root' }));
    const changes = { durability: 'balanced', region: 'eu-central-1' };
    assert.equal((await oldAdmin.send('PATCH', '/api/v1/settings', { changes })).status, 200);
    const share = { installName: 'Acme Oy', baseUrl: 'https://files.example.com' };
    assert.ok((await oldAdmin.send('PUT', '/api/v1/share-settings', share)).ok);
    const dora = await signInTo(old.consoleUrl, 'dora', PASSWORD);
    const begun = await dora.send('POST', '/api/v1/account/second-factor', { password: PASSWORD });
    totp = fromBase32(postSecondFactor.answers[201].schema.parse(await begun.json()).secret);
    const code = totpCode(totp, stepAt(Date.now()) - 1);
    assert.equal((await dora.send('POST', '/api/v1/account/second-factor/confirm', { code })).status, 200);
  }

  const take = (client: ConsoleClient, body: object = {}) =>
    client.send('POST', EXPORT, { password: PASSWORD, passphrase: PASSPHRASE, ...body });
  const send = (client: ConsoleClient, mode: 'rehearse' | 'apply', given: object = {}) =>
    client.send('POST', IMPORT, { file, passphrase: PASSPHRASE, mode, ...given });
  const result = async (response: Response): Promise<ImportResult> => {
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return importResultSchema.parse(JSON.parse(text));
  };
  const outcomes = ({ items }: ImportResult) =>
    Object.fromEntries(items.map(({ kind, name, outcome }) => [`${kind} ${name}`, outcome]));

  it('is given to admins of the whole install, who prove again who they are', async () => {
    for (const [name, code] of [
      ['tina', undefined],
      ['dora', totpCode(totp, stepAt(Date.now()))],
    ] as const) {
      const client = await signInTo(old.consoleUrl, name, PASSWORD, code);
      for (const answer of [await take(client), await send(client, 'rehearse', { file: 'AAAA' })]) {
        assert.deepEqual([answer.status, await codeOf(answer)], [403, 'AccessDenied']);
      }
    }
    const wrong = await take(oldAdmin, { password: 'not the password' });
    assert.deepEqual([wrong.status, await codeOf(wrong)], [403, 'WrongProof']);
    const short = await take(oldAdmin, { passphrase: 'too short' });
    assert.equal(short.status, 400);
  });

  it('holds everything, and nothing of it in clear; the history notes who took it', async () => {
    const answer = await take(oldAdmin);
    assert.equal(answer.status, 200);
    const shape = z.object({ fileName: z.string(), file: z.base64() });
    const taken = shape.parse(await answer.json());
    assert.match(taken.fileName, /^stowage-configuration-\d{4}-\d\d-\d\d\.stowage$/);
    ({ file } = taken);
    const bytes = Buffer.from(file, 'base64');
    for (const clear of [CANARY, 'carl', 'photos', PASSPHRASE, '$argon2id', 'Acme']) {
      assert.ok(!bytes.includes(clear), clear);
    }
    const page = changePageSchema.parse(await (await oldAdmin.send('GET', '/api/v1/settings/changes')).json());
    assert.deepEqual([page.changes[0]?.field, page.changes[0]?.actorName], ['configuration.exported', 'anna']);
  });

  it('is refused with one sentence where a byte is wrong, and then nothing is written', async () => {
    const bytes = Buffer.from(file, 'base64');
    const before = fresh.context.catalogue.generation();
    const head = { magic: 3, format: 8, memory: 10, passes: 16, lanes: 20, salt: 21, nonce: 40 };
    const places = { ...head, body: 60, middle: bytes.length >> 1, tag: bytes.length - 1 };
    for (const [region, at] of Object.entries(places)) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const answer = await send(freshAdmin, 'apply', { file: changed.toString('base64') });
      const code = { magic: 'ForeignFile', format: 'NewerFile' }[region] ?? 'LockedFile';
      assert.deepEqual([region, answer.status, await codeOf(answer)], [region, 400, code]);
    }
    for (const [given, code] of [
      [{ passphrase: `${PASSPHRASE} ` }, 'LockedFile'],
      [{ file: bytes.subarray(0, 100).toString('base64') }, 'LockedFile'],
      [{ file: bytes.subarray(0, 20).toString('base64') }, 'LockedFile'],
      [{ file: Buffer.from('{"people":[]}').toString('base64') }, 'ForeignFile'],
    ] as const) {
      const answer = await send(freshAdmin, 'apply', given);
      assert.deepEqual([answer.status, await codeOf(answer)], [400, code]);
    }
    assert.equal(fresh.context.catalogue.generation(), before);
  });

  it('is rehearsed without a trace', async () => {
    const rehearsal = await result(await send(freshAdmin, 'rehearse'));
    assert.equal(rehearsal.isApplied, false);
    assert.deepEqual(outcomes(rehearsal), {
      'tenant acme': 'created',
      'person anna': 'created',
      'person carl': 'created',
      'key CARLSKEY': 'created',
      'person dora': 'created',
      'key KEY-dora': 'created',
      'person tina': 'created',
      'bucket ledger': 'created',
      'bucket of-root': 'created',
      'bucket photos': 'created',
      'setting config.durability': 'created',
      'setting config.region': 'created',
      'setting share.settings': 'created',
    });
    const { Buckets } = await fresh.client.send(new ListBucketsCommand());
    assert.equal(Buckets?.length ?? 0, 0);
    assert.equal((await postSession(fresh.consoleUrl, 'anna', PASSWORD)).status, 401);
  });

  it('makes a new install the old one: keys, passwords, second factors, buckets, settings', async () => {
    const applied = await result(await send(freshAdmin, 'apply'));
    assert.ok(applied.isApplied && applied.items.every(({ outcome }) => outcome === 'created'));
    const carl = fresh.newClient({ credentials: { accessKeyId: 'CARLSKEY', secretAccessKey: CANARY } });
    const { Buckets } = await carl.send(new ListBucketsCommand());
    assert.deepEqual(
      Buckets?.map(({ Name }) => Name),
      ['photos'],
    );
    assert.equal((await carl.send(new GetBucketVersioningCommand({ Bucket: 'photos' }))).Status, 'Enabled');
    const { TagSet } = await carl.send(new GetBucketTaggingCommand({ Bucket: 'photos' }));
    assert.deepEqual(TagSet, [{ Key: 'team', Value: 'north' }]);
    const { CORSRules } = await carl.send(new GetBucketCorsCommand({ Bucket: 'photos' }));
    assert.deepEqual(CORSRules?.[0]?.AllowedOrigins, ['https://a.example']);
    await fresh.client.send(new HeadBucketCommand({ Bucket: 'of-root' }));
    const anna = await signInTo(fresh.consoleUrl, 'anna', PASSWORD);
    assert.equal((await postSession(fresh.consoleUrl, 'tina', PASSWORD)).status, 201);
    assert.equal(await codeOf(await postSession(fresh.consoleUrl, 'dora', PASSWORD)), 'CodeNeeded');
    const code = totpCode(totp, stepAt(Date.now()) + 1);
    assert.equal((await postSession(fresh.consoleUrl, 'dora', PASSWORD, code)).status, 201);
    const settings = getSettings.answers[200].schema.parse(await (await anna.send('GET', '/api/v1/settings')).json());
    const durability = settings.settings.find(({ name }) => name === 'durability');
    assert.deepEqual([durability?.value, durability?.isWaiting], ['balanced', false]);
    const share = z.object({ installName: z.string() });
    assert.equal(share.parse(await (await anna.send('GET', '/api/v1/share-settings')).json()).installName, 'Acme Oy');
  });

  it('changes nothing a second time', async () => {
    const before = fresh.context.catalogue.generation();
    const again = await result(await send(freshAdmin, 'apply'));
    assert.ok(again.items.every(({ outcome }) => outcome === 'same'));
    assert.equal(fresh.context.catalogue.generation(), before);
    const page = changePageSchema.parse(await (await freshAdmin.send('GET', '/api/v1/settings/changes')).json());
    assert.equal(page.changes.filter(({ field }) => field === 'configuration.imported').length, 1);
  });

  it('overwrites what is there and refuses what belongs to somebody else', async () => {
    const other = await startTestServer({ args: ['--region', 'us-west-2'] });
    try {
      await provision(other.context, {
        users: [
          { name: 'boss', role: 'admin', password: OTHER_PASSWORD },
          { name: 'dora', role: 'readonly', password: OTHER_PASSWORD },
          { name: 'eve', role: 'user', accessKeys: [{ accessKeyId: 'CARLSKEY', secretAccessKey: 'eves own secret' }] },
          { name: 'tina', role: 'user' },
        ],
        buckets: [{ name: 'photos', owner: 'eve' }],
      });
      const boss = await signInTo(other.consoleUrl, 'boss', OTHER_PASSWORD);
      const { items } = await result(await send(boss, 'apply'));
      const found = (name: string) => items.find((item) => item.name === name);
      assert.deepEqual([found('CARLSKEY')?.outcome, found('CARLSKEY')?.refusal], ['refused', 'key-taken']);
      assert.deepEqual([found('photos')?.outcome, found('photos')?.refusal], ['refused', 'other-owner']);
      assert.deepEqual([found('tina')?.outcome, found('tina')?.refusal], ['refused', 'other-tenant']);
      assert.deepEqual(
        [found('config.region')?.outcome, found('config.region')?.refusal],
        ['refused', 'given-at-start'],
      );
      assert.deepEqual([found('ledger')?.outcome, found('ledger')?.refusal], ['refused', 'depends']);
      const dora = found('dora');
      assert.deepEqual([dora?.outcome, dora?.fields], ['changed', ['ids', 'role', 'password', 'secondFactor']]);
      const eve = other.newClient({
        region: 'us-west-2',
        credentials: { accessKeyId: 'CARLSKEY', secretAccessKey: 'eves own secret' },
      });
      await eve.send(new HeadBucketCommand({ Bucket: 'photos' }));
    } finally {
      await other.close();
    }
  });

  it('leaves no secret in clear on either machine, nor in what the log says', async () => {
    const secrets = [CANARY, PASSPHRASE, totp.toString('base64')];
    for (const path of [...filesUnder(old.dataDir), ...filesUnder(fresh.dataDir)]) {
      const content = readFileSync(path);
      for (const secret of secrets) assert.ok(!content.includes(secret), `${secret} in ${path}`);
    }
    for (const client of [oldAdmin, freshAdmin]) {
      const said = await (await client.send('GET', '/api/v1/support-bundle')).text();
      assert.match(said, /the configuration was exported|a configuration was imported/);
      for (const secret of secrets) assert.ok(!said.includes(secret), secret);
    }
  });
});
