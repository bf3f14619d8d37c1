import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { keyPairSchema } from '../../src-server/contract/keys.ts';
import { passwordLinkSchema, personDetailsSchema, personSchema } from '../../src-server/contract/people.ts';
import { findUserByName } from '../../src-server/db/tables/iam-user.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { hashLinkToken } from '../../src-server/services/people/password-link.ts';
import { type ConsoleClient, codeOf, postSession, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { keyOf, provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const NEW_PASSWORD = 'planted-canary-password';
const PEOPLE = '/api/v1/people';

describe('people of the console', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let tenantAdmin: ConsoleClient;
  let user: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    const made = (name: string, role: string, tenant?: string) => ({
      ...{ name, role, password: PASSWORD, accessKeys: [keyOf(name)] },
      ...(tenant === undefined ? {} : { tenant }),
    });
    await provision(server.context, {
      tenants: [{ name: 'acme' }, { name: 'other' }],
      users: [
        made('admin', 'admin'),
        made('ann', 'user'),
        made('acme-admin', 'admin', 'acme'),
        made('acme-user', 'user', 'acme'),
        made('other-user', 'user', 'other'),
        made('leaver', 'user'),
        made('leaver2', 'user'),
        made('heir', 'user'),
        made('reader', 'readonly'),
      ],
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    tenantAdmin = await signInTo(server.consoleUrl, 'acme-admin', PASSWORD);
    user = await signInTo(server.consoleUrl, 'ann', PASSWORD);
  });
  after(() => server.close());

  const listSchema = z.object({ people: z.array(personSchema), tenants: z.array(z.string()) });
  const list = async (client: ConsoleClient) => listSchema.parse(await (await client.send('GET', PEOPLE)).json());
  const find = async (name: string) =>
    personDetailsSchema.parse(await (await admin.send('GET', `${PEOPLE}/${name}`)).json());
  const s3 = (name: string) => server.newClient({ credentials: keyOf(name) });
  const addSchema = z.object({ name: z.string(), link: passwordLinkSchema.nullable() });
  const add = async (client: ConsoleClient, body: object) => {
    const response = await client.send('POST', PEOPLE, body);
    assert.equal(response.status, 201);
    return addSchema.parse(await response.json());
  };
  const open = (path: string, body: object) =>
    fetch(`${server.consoleUrl}/api/v1/password-link${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('shows an admin everybody, one of a tenant its own, and root to nobody', async () => {
    const all = await list(admin);
    assert.ok(all.people.length === 9 && all.people.every(({ name }) => name !== 'root'));
    assert.deepEqual(all.tenants, ['acme', 'other']);
    assert.deepEqual(
      all.people.filter(({ isYou }) => isYou).map(({ name }) => name),
      ['admin'],
    );
    const own = await list(tenantAdmin);
    assert.deepEqual([own.people.map(({ name }) => name), own.tenants], [['acme-admin', 'acme-user'], []]);
    const text = await (await admin.send('GET', PEOPLE)).text();
    assert.ok(!text.includes('argon2'));
  });

  it('shows one with keys, sessions and buckets', async () => {
    await s3('ann').send(new CreateBucketCommand({ Bucket: 'anns-bucket' }));
    const { person, keys, sessions, bucketNames } = await find('ann');
    assert.deepEqual([person.role, person.state, person.keys, person.buckets], ['user', 'active', 1, 1]);
    assert.deepEqual([keys.length, sessions.length, bucketNames], [1, 1, ['anns-bucket']]);
    assert.ok(person.lastSeenAtMs !== null);
  });

  it('invites somebody, who chooses a password by the link, once', async () => {
    const { link } = await add(admin, { name: 'bert', displayName: 'Bert', email: 'bert@example.org', role: 'user' });
    const token = link?.token ?? '';
    assert.equal((await find('bert')).person.state, 'invited');
    assert.equal(await codeOf(await postSession(server.consoleUrl, 'bert', NEW_PASSWORD)), 'WrongCredentials');
    const looked: unknown = await (await open('/look', { token })).json();
    assert.deepEqual(looked, {
      userName: 'bert',
      displayName: 'Bert',
      purpose: 'invite',
      expiresAtMs: link?.expiresAtMs,
    });
    const short = await open('', { token, password: 'short' });
    assert.deepEqual([short.status, await codeOf(short)], [400, 'InvalidRequest']);
    assert.equal((await open('', { token, password: NEW_PASSWORD })).status, 200);
    await signInTo(server.consoleUrl, 'bert', NEW_PASSWORD);
    for (const again of [open('/look', { token }), open('', { token, password: NEW_PASSWORD })]) {
      assert.deepEqual([(await again).status, await codeOf(await again)], [404, 'NoSuchLink']);
    }
    assert.equal((await find('bert')).person.state, 'active');
  });

  it('takes no link that was made up, replaced, or has run out', async () => {
    const { link } = await add(admin, { name: 'carl', role: 'readonly' });
    const next = passwordLinkSchema.parse(await (await admin.send('POST', `${PEOPLE}/carl/password-link`)).json());
    const late = passwordLinkSchema.parse(await (await admin.send('POST', `${PEOPLE}/heir/password-link`)).json());
    for (const token of ['x', 'A'.repeat(43), link?.token ?? '']) {
      assert.equal((await open('', { token, password: NEW_PASSWORD })).status, 404);
    }
    const used = await server.context.engine.submit('use-password-link', {
      ...{ tokenHash: hashLinkToken(late.token), passwordHash: 'x' },
      // The contract's time is one of the catalogue's.
      nowMs: late.expiresAtMs as EpochMs,
    });
    assert.equal(used, undefined);
    assert.equal((await open('', { token: next.token, password: NEW_PASSWORD })).status, 200);
  });

  it('resets a password by a link; sessions of before end when it is used', async () => {
    const before = await signInTo(server.consoleUrl, 'bert', NEW_PASSWORD);
    const { token } = passwordLinkSchema.parse(await (await admin.send('POST', `${PEOPLE}/bert/password-link`)).json());
    assert.equal((await before.send('GET', '/api/v1/session')).status, 200);
    assert.equal((await open('', { token, password: PASSWORD })).status, 200);
    assert.equal((await before.send('GET', '/api/v1/session')).status, 401);
    await signInTo(server.consoleUrl, 'bert', PASSWORD);
  });

  it('disables somebody at once: sessions, keys and links; and lets them in again', async () => {
    const bert = await signInTo(server.consoleUrl, 'bert', PASSWORD);
    const credentials = keyPairSchema.parse(await (await bert.send('POST', '/api/v1/keys', {})).json());
    const client = server.newClient({ credentials });
    await client.send(new ListBucketsCommand({}));
    const { token } = passwordLinkSchema.parse(await (await admin.send('POST', `${PEOPLE}/bert/password-link`)).json());
    assert.equal((await admin.send('PATCH', `${PEOPLE}/bert`, { state: 'disabled' })).status, 204);
    await assert.rejects(client.send(new ListBucketsCommand({})), { name: 'InvalidAccessKeyId' });
    assert.equal((await bert.send('GET', '/api/v1/session')).status, 401);
    assert.equal((await open('', { token, password: PASSWORD })).status, 404);
    assert.equal(await codeOf(await postSession(server.consoleUrl, 'bert', PASSWORD)), 'WrongCredentials');
    assert.equal((await admin.send('POST', `${PEOPLE}/bert/password-link`)).status, 400);
    assert.equal((await admin.send('PATCH', `${PEOPLE}/bert`, { state: 'active' })).status, 204);
    await client.send(new ListBucketsCommand({}));
    await signInTo(server.consoleUrl, 'bert', PASSWORD);
  });

  it('changes role, name and e-mail; the role counts from the next request on', async () => {
    const changes = { role: 'readonly', displayName: 'Bert B.', email: null };
    assert.equal((await admin.send('PATCH', `${PEOPLE}/bert`, changes)).status, 204);
    const bert = await signInTo(server.consoleUrl, 'bert', PASSWORD);
    assert.equal(await codeOf(await bert.send('POST', '/api/v1/buckets', { name: 'berts' })), 'AccessDenied');
    const { person } = await find('bert');
    assert.deepEqual([person.role, person.displayName, person.email], ['readonly', 'Bert B.', null]);
  });

  it('ends the sessions of somebody else', async () => {
    const bert = await signInTo(server.consoleUrl, 'bert', PASSWORD);
    assert.equal((await admin.send('DELETE', `${PEOPLE}/bert/sessions`)).status, 204);
    assert.equal((await bert.send('GET', '/api/v1/session')).status, 401);
  });

  it('deletes who owns nothing, and who owns buckets only with an heir', async () => {
    await s3('leaver').send(new CreateBucketCommand({ Bucket: 'left-behind' }));
    await s3('leaver').send(new PutObjectCommand({ Bucket: 'left-behind', Key: 'a', Body: 'kept' }));
    const refusals: readonly (readonly [string, number, string])[] = [
      ['', 409, 'DeleteConflict'],
      ['?handBucketsTo=reader', 400, 'InvalidArgument'],
      ['?handBucketsTo=leaver', 400, 'InvalidArgument'],
      ['?handBucketsTo=nobody', 404, 'NoSuchEntity'],
      ['?handBucketsTo=root', 404, 'NoSuchEntity'],
    ];
    for (const [query, status, code] of refusals) {
      const response = await admin.send('DELETE', `${PEOPLE}/leaver${query}`);
      assert.deepEqual([response.status, await codeOf(response)], [status, code], query);
    }
    assert.equal((await admin.send('DELETE', `${PEOPLE}/leaver?handBucketsTo=heir`)).status, 204);
    assert.equal((await admin.send('GET', `${PEOPLE}/leaver`)).status, 404);
    await assert.rejects(s3('leaver').send(new ListBucketsCommand({})), { name: 'InvalidAccessKeyId' });
    await s3('heir').send(new PutObjectCommand({ Bucket: 'left-behind', Key: 'b', Body: 'by the heir' }));
    assert.deepEqual((await find('heir')).bucketNames, ['left-behind']);
    assert.equal((await admin.send('DELETE', `${PEOPLE}/leaver2`)).status, 204);
  });

  it('keeps tenants apart', async () => {
    const made = await add(tenantAdmin, { name: 'acme-new', role: 'admin' });
    assert.ok(made.link !== null);
    assert.equal((await find('acme-new')).person.tenant, 'acme');
    const placed = await add(admin, { name: 'other-new', role: 'user', tenant: 'other', password: PASSWORD });
    assert.equal(placed.link, null);
    const cases: readonly (readonly [string, string, object | undefined])[] = [
      ['GET', `${PEOPLE}/ann`, undefined],
      ['GET', `${PEOPLE}/root`, undefined],
      ['GET', `${PEOPLE}/nobody`, undefined],
      ['PATCH', `${PEOPLE}/other-user`, { role: 'admin' }],
      ['PATCH', `${PEOPLE}/admin`, { state: 'disabled' }],
      ['DELETE', `${PEOPLE}/other-user`, undefined],
      ['DELETE', `${PEOPLE}/acme-user?handBucketsTo=ann`, undefined],
      ['POST', `${PEOPLE}/admin/password-link`, undefined],
      ['DELETE', `${PEOPLE}/other-user/sessions`, undefined],
      ['DELETE', `${PEOPLE}/other-user/second-factor`, undefined],
      ['POST', PEOPLE, { name: 'spy', role: 'admin', tenant: 'other' }],
      ['POST', PEOPLE, { name: 'spy', role: 'admin', tenant: 'nowhere' }],
    ];
    for (const [method, path, body] of cases) {
      const response = await tenantAdmin.send(method, path, body);
      assert.deepEqual([response.status, await codeOf(response)], [404, 'NoSuchEntity'], `${method} ${path}`);
    }
  });

  it('lets nobody else in, and nobody raise or remove themselves', async () => {
    const cases: readonly (readonly [ConsoleClient, string, string, object | undefined, number, string])[] = [
      [user, 'GET', PEOPLE, undefined, 403, 'AccessDenied'],
      [user, 'GET', `${PEOPLE}/ann`, undefined, 403, 'AccessDenied'],
      [user, 'POST', PEOPLE, { name: 'x', role: 'admin' }, 403, 'AccessDenied'],
      [user, 'PATCH', `${PEOPLE}/ann`, { role: 'admin' }, 403, 'AccessDenied'],
      [user, 'DELETE', `${PEOPLE}/heir`, undefined, 403, 'AccessDenied'],
      [user, 'POST', `${PEOPLE}/admin/password-link`, undefined, 403, 'AccessDenied'],
      [user, 'DELETE', `${PEOPLE}/admin/sessions`, undefined, 403, 'AccessDenied'],
      [user, 'DELETE', `${PEOPLE}/admin/second-factor`, undefined, 403, 'AccessDenied'],
      [admin, 'PATCH', `${PEOPLE}/admin`, { role: 'user' }, 403, 'AccessDenied'],
      [admin, 'PATCH', `${PEOPLE}/admin`, { state: 'disabled' }, 403, 'AccessDenied'],
      [admin, 'DELETE', `${PEOPLE}/admin`, undefined, 403, 'AccessDenied'],
      [admin, 'POST', `${PEOPLE}/admin/password-link`, undefined, 403, 'AccessDenied'],
      [admin, 'DELETE', `${PEOPLE}/admin/second-factor`, undefined, 403, 'AccessDenied'],
      [tenantAdmin, 'PATCH', `${PEOPLE}/acme-admin`, { role: 'admin' }, 403, 'AccessDenied'],
      [admin, 'PATCH', `${PEOPLE}/root`, { state: 'disabled' }, 404, 'NoSuchEntity'],
      [admin, 'POST', PEOPLE, { name: 'root', role: 'user' }, 409, 'EntityAlreadyExists'],
      [admin, 'POST', PEOPLE, { name: 'ann', role: 'user' }, 409, 'EntityAlreadyExists'],
      [admin, 'POST', PEOPLE, { name: 'x', role: 'root' }, 400, 'InvalidRequest'],
      [admin, 'POST', PEOPLE, { name: 'x y', role: 'user' }, 400, 'InvalidRequest'],
      [admin, 'POST', PEOPLE, { name: 'x', role: 'user', password: 'short' }, 400, 'InvalidRequest'],
      [admin, 'POST', PEOPLE, { name: 'x', role: 'user', email: 'no address' }, 400, 'InvalidRequest'],
    ];
    for (const [client, method, path, body, status, code] of cases) {
      const response = await client.send(method, path, body);
      assert.deepEqual([response.status, await codeOf(response)], [status, code], `${method} ${path}`);
    }
    assert.equal((await fetch(`${server.consoleUrl}${PEOPLE}`)).status, 401);
  });

  it('keeps one admin who can sign in, even where two remove each other', async () => {
    await add(admin, { name: 'second', role: 'admin', password: PASSWORD });
    const submit = (actor: string, name: string) =>
      Promise.all([idOf(actor)]).then(([actorId]) =>
        server.context.engine.submit('update-user', {
          ...{ actorId, name, displayName: undefined, email: undefined, role: undefined },
          state: 'disabled',
        }),
      );
    const outcomes = await Promise.allSettled([submit('admin', 'second'), submit('second', 'admin')]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    const left = outcomes[0]?.status === 'fulfilled' ? 'admin' : 'second';
    const client = await signInTo(server.consoleUrl, left, PASSWORD);
    // An admin without a password cannot sign in, so it does not count.
    await add(client, { name: 'third', role: 'admin' });
    const kept = await server.context.engine
      .submit('update-user', {
        ...{ actorId: await idOf('third'), name: left, displayName: undefined, email: undefined, state: undefined },
        role: 'user',
      })
      .then(() => 'changed', codeOfFailure);
    assert.equal(kept, 'DeleteConflict');
  });

  it('stores no password and no token', async () => {
    const rows = await server.context.catalogue.read(async (tx) => [
      ...(await tx.all<Record<string, unknown>>('SELECT * FROM iam_user')),
      ...(await tx.all<Record<string, unknown>>('SELECT * FROM password_link')),
    ]);
    const stored = rows.flatMap((row) => Object.values(row)).map((value) => String(value));
    assert.ok(stored.some((text) => text.startsWith('$argon2id$')));
    assert.ok(!stored.some((text) => text.includes(PASSWORD) || text.includes(NEW_PASSWORD)));
  });

  function codeOfFailure(error: unknown): string {
    return z.object({ code: z.string() }).parse(error).code;
  }

  async function idOf(name: string) {
    const row = await server.context.catalogue.read((tx) => findUserByName(tx, name));
    return row?.id ?? assert.fail();
  }
});
