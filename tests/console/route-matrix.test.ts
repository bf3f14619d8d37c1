import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { test } from 'node:test';
import { createConsoleApp } from '../../src-server/console/console-app.ts';
import type { ConsoleFacts, Endpoint } from '../../src-server/console/endpoint.ts';
import { ENDPOINTS } from '../../src-server/console/endpoints/index.ts';
import type { Route } from '../../src-server/contract/route.ts';
import { findUserByName } from '../../src-server/db/tables/iam-user.ts';
import { insertSession } from '../../src-server/db/tables/session.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { createBucket } from '../../src-server/services/buckets/create-bucket.ts';
import { SESSION_IDLE_MS } from '../../src-server/services/sessions/session-rules.ts';
import {
  csrfTokenOf,
  hashSessionToken,
  newSessionId,
  newSessionToken,
} from '../../src-server/services/sessions/session-token.ts';
import { openServiceFixture, type ServiceFixture } from '../support/service-context.ts';
import { bucketName, identityOf, provision, provisionedUser } from '../support/users.ts';

/*
 * SECURITY.md, first line, for the console: every endpoint, by what its route says of access, and every state of a session. A new endpoint is in it at
 * once. Handlers only note that they were reached, but for the last test, which asks the real ones.
 */

type Cell = readonly [state: string, headers: Record<string, string>, expected: number];
interface Session {
  readonly token: string;
  readonly csrf: string;
}

const TOKEN = 'the-metrics-token';
const SIGNATURE =
  'AWS4-HMAC-SHA256 Credential=KEY-boss/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00';

async function openSession(fixture: ServiceFixture, name: string, usedMs = Date.now()): Promise<Session> {
  const token = newSessionToken();
  await fixture.engine.run(async (tx) => {
    const user = await findUserByName(tx, name);
    assert.ok(user);
    const times = {
      created_ms: usedMs as EpochMs,
      used_ms: usedMs as EpochMs,
      expires_ms: (usedMs + 2 * SESSION_IDLE_MS) as EpochMs,
    };
    const row = { id: newSessionId(), token_hash: hashSessionToken(token), user_id: user.id, address: '', client: '' };
    await insertSession(tx, { ...row, ...times });
  });
  return { token, csrf: csrfTokenOf(token) };
}

async function serve(fixture: ServiceFixture, endpoints: readonly Endpoint[]) {
  const context = {
    ...fixture.context,
    now: () => Date.now() as EpochMs,
    config: { ...fixture.context.config, metricsToken: TOKEN },
  };
  // Handlers that ask for facts of the running server fail, which is no success either.
  const server = createServer(createConsoleApp(context, {} as ConsoleFacts, endpoints).callback());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { context, port, close };
}

/** Path parameters and query as the contract shows them. */
function targetOf(route: Route, bucket: string): string {
  const path = route.path.replaceAll('{bucket}', bucket).replaceAll(/\{\w+\}/g, 'some-thing');
  // The examples are objects of strings and numbers.
  const query = new URLSearchParams(Object.entries((route.query?.example ?? {}) as Record<string, string>));
  return query.size === 0 ? path : `${path}?${query}`;
}

function send(port: number, route: Route, target: string, headers: Record<string, string>): Promise<number> {
  const body = route.body !== undefined ? JSON.stringify(route.body.example) : '';
  const type: Record<string, string> = body === '' ? {} : { 'content-type': 'application/json' };
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const options = {
      port,
      host: '127.0.0.1',
      method: route.method.toUpperCase(),
      path: target,
      headers: { ...type, ...length, ...headers },
    };
    const request = httpRequest(options, (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function cellsOf(fixture: ServiceFixture, route: Route): Promise<readonly Cell[]> {
  const changes = route.method !== 'get';
  const foreign: Cell = ['another site', { 'sec-fetch-site': 'cross-site' }, changes ? 403 : 200];
  if (route.access === 'open') return [['anonymous', {}, 200], foreign];
  if (route.access === 'loopback-or-token') {
    const proxied = { 'x-forwarded-for': '192.0.2.1' };
    return [
      ['this machine', {}, 200],
      ['a proxy', proxied, 401],
      ['a foreign name', { host: 'evil.example' }, 401],
      ['wrong token', { ...proxied, authorization: 'Bearer nothing' }, 401],
      ['right token', { ...proxied, authorization: `Bearer ${TOKEN}` }, 200],
      ['key', { ...proxied, authorization: SIGNATURE }, 401],
    ];
  }
  const [good, other, idle, gone] = [
    await openSession(fixture, 'boss'),
    await openSession(fixture, 'other'),
    await openSession(fixture, 'boss', Date.now() - SESSION_IDLE_MS - 1000),
    await openSession(fixture, 'disabled'),
  ];
  const as = ({ token, csrf }: Session) => ({
    cookie: `stowage_session=${token}`,
    ...(changes ? { 'x-csrf-token': csrf } : {}),
  });
  const tampered = good.token.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
  const cells: Cell[] = [
    ['good', as(good), 200],
    ['anonymous', {}, 401],
    ['tampered', as({ ...good, token: tampered }), 401],
    ['no session token', as({ ...good, token: 'x' }), 401],
    ['not used for too long', as(idle), 401],
    ['of a disabled user', as(gone), 401],
    ['an access key instead', { authorization: SIGNATURE }, 401],
    ['the metrics token instead', { authorization: `Bearer ${TOKEN}` }, 401],
    ['another site, with the cookie', { ...as(good), 'sec-fetch-site': 'cross-site' }, changes ? 403 : 200],
  ];
  if (changes) {
    cells.push(['no CSRF token', { cookie: `stowage_session=${good.token}` }, 403]);
    cells.push(["another session's CSRF token", { ...as(good), 'x-csrf-token': other.csrf }, 403]);
  }
  return cells;
}

async function withPeople(): Promise<ServiceFixture> {
  const fixture = openServiceFixture();
  const users = [
    provisionedUser('boss', 'admin', 'here'),
    provisionedUser('other', 'admin', 'there'),
    provisionedUser('disabled', 'admin', 'here'),
  ];
  await provision(fixture.context, { tenants: [{ name: 'here' }, { name: 'there' }], users });
  await fixture.engine.run((tx) => tx.run(`UPDATE iam_user SET state = 'disabled' WHERE name = 'disabled'`));
  return fixture;
}

test('every endpoint of the console, every state of who asks', async (t) => {
  const fixture = await withPeople();
  let reached = false;
  const noting = ENDPOINTS.map(({ route }): Endpoint => {
    const handle = async () => {
      reached = true;
      return { status: 200, body: {} };
    };
    return { route, handle };
  });
  const server = await serve(fixture, noting);
  const wrong: string[] = [];
  let count = 0;
  try {
    for (const { route } of ENDPOINTS) {
      for (const [state, headers, expected] of await cellsOf(fixture, route)) {
        reached = false;
        count += 1;
        const status = await send(server.port, route, targetOf(route, 'some-bucket'), headers);
        const isExpected = status === expected && reached === (expected === 200);
        if (!isExpected)
          wrong.push(`${route.name} ${state}: ${status}${reached ? ' reached' : ''}, expected ${expected}`);
      }
    }
  } finally {
    server.close();
    fixture.close();
  }
  t.diagnostic(`console: ${count} cells of ${ENDPOINTS.length} endpoints`);
  assert.deepEqual(wrong, []);
});

/** They answer 200 with what became of each key; that nothing was done is seen by the commands. */
const BY_KEY = new Set(['postChangeTags', 'postDeleteVersions', 'postRestoreVersions']);

test('no endpoint about a bucket does anything for an admin of another tenant', async (t) => {
  const fixture = await withPeople();
  const server = await serve(fixture, ENDPOINTS);
  const wrong: string[] = [];
  let count = 0;
  try {
    await createBucket(server.context, await identityOf(server.context, 'boss'), {
      name: bucketName('secret-bucket'),
      location: null,
      ownership: 'BucketOwnerEnforced',
      tags: [],
    });
    const { token, csrf } = await openSession(fixture, 'other');
    const headers = { cookie: `stowage_session=${token}`, 'x-csrf-token': csrf };
    for (const { route } of ENDPOINTS) {
      if (route.access !== 'session' || !route.path.includes('{bucket}')) continue;
      count += 1;
      const status = await send(server.port, route, targetOf(route, 'secret-bucket'), headers);
      if (!BY_KEY.has(route.name) && (status < 400 || status >= 500)) wrong.push(`${route.name}: ${status}`);
    }
    assert.equal(
      fixture.submitted.filter(
        (name) => !['create-bucket', 'apply-provisioning', 'put-root-key', 'touch-session'].includes(name),
      ).length,
      0,
    );
  } finally {
    server.close();
    fixture.close();
  }
  t.diagnostic(`console: ${count} endpoints about a bucket`);
  assert.ok(count > 20, String(count));
  assert.deepEqual(wrong, []);
});
