import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { codeOf, signInTo } from '../support/console-client.ts';
import { LeanClient } from '../support/lean-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { keyOf, provision, provisionedUser } from '../support/users.ts';

async function withServer(env: Record<string, string>, run: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startTestServer({ env });
  try {
    await provision(server.context, {
      tenants: [{ name: 'acme' }],
      users: [
        provisionedUser('ann', 'user', 'acme'),
        provisionedUser('abe', 'user', 'acme'),
        provisionedUser('olga', 'user'),
        { name: 'boss', role: 'admin', password: 'a-long-enough-password' },
      ],
    });
    await run(server);
  } finally {
    await server.close();
  }
}

/** Statuses of requests on connections of their own, so that all threads have some. */
function ask(
  server: TestServer,
  name: string,
  count: number,
): Promise<{ status: number; head: string; text: string }[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const client = new LeanClient(server.endpoint, keyOf(name));
      const { status, head, body } = await client.request({ method: 'GET', path: '/' });
      client.close();
      return { status, head, text: body.toString() };
    }),
  );
}

const ok = (answers: readonly { status: number }[]) => answers.filter(({ status }) => status === 200).length;

test('requests of a key beyond its rate are SlowDown with Retry-After, over two threads together', async () => {
  await withServer({ STOWAGE_LIMITS_KEY_REQUESTS_PER_SECOND: '10', STOWAGE_HTTP_THREADS: '2' }, async (server) => {
    const started = performance.now();
    const answers = await ask(server, 'ann', 40);
    const seconds = (performance.now() - started) / 1000;
    const good = ok(answers);
    assert.ok(good >= 10 && good <= 10 + Math.ceil(10 * seconds), `${good} in ${seconds} s`);
    const refused = answers.find(({ status }) => status === 503);
    assert.match(refused?.text ?? '', /<Code>SlowDown<\/Code>/);
    assert.match(refused?.head ?? '', /retry-after: [1-9]/i);
    assert.equal(ok(await ask(server, 'abe', 5)), 5);
  });
});

test('a tenant’s keys share its rate; other accounts do not feel it', async () => {
  await withServer({ STOWAGE_LIMITS_TENANT_REQUESTS_PER_SECOND: '6' }, async (server) => {
    const started = performance.now();
    const answers = [...(await ask(server, 'ann', 10)), ...(await ask(server, 'abe', 10))];
    const seconds = (performance.now() - started) / 1000;
    assert.ok(ok(answers) <= 6 + Math.ceil(6 * seconds), `${ok(answers)} in ${seconds} s`);
    assert.equal(ok(await ask(server, 'olga', 10)), 10);
  });
});

test('requests from one address are limited on both ports; the console says 429', async () => {
  await withServer({ STOWAGE_LIMITS_ADDRESS_REQUESTS_PER_SECOND: '8' }, async (server) => {
    const boss = await signInTo(server.consoleUrl, 'boss', 'a-long-enough-password');
    const answers = await Promise.all(Array.from({ length: 40 }, () => boss.send('GET', '/api/v1/session')));
    const refused = answers.find(({ status }) => status === 429);
    assert.ok(refused);
    assert.equal(await codeOf(refused), 'TooManyRequests');
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    assert.equal((await fetch(server.endpoint)).status, 503);
  });
});

test('bytes of a key go at its pace, up and down, and arrive whole', async () => {
  await withServer({ STOWAGE_LIMITS_KEY_BYTES_PER_SECOND: '200000' }, async (server) => {
    const ann = server.newClient({ credentials: keyOf('ann') });
    await ann.send(new CreateBucketCommand({ Bucket: 'paced' }));
    const body = Buffer.alloc(500_000, 'paced');
    const started = performance.now();
    await ann.send(new PutObjectCommand({ Bucket: 'paced', Key: 'k', Body: body }));
    const upMs = performance.now() - started;
    assert.ok(upMs > 1200, `${upMs} ms`);
    const client = new LeanClient(server.endpoint, keyOf('ann'));
    const back = await client.request({ method: 'GET', path: '/paced/k' });
    client.close();
    assert.deepEqual(back.body, body);
    assert.ok(performance.now() - started > 3500);
  });
});

test('one request of a key at a time: the next is SlowDown until it has ended', async () => {
  const env = { STOWAGE_LIMITS_KEY_CONCURRENT_REQUESTS: '1', STOWAGE_LIMITS_KEY_BYTES_PER_SECOND: '100000' };
  await withServer(env, async (server) => {
    const ann = server.newClient({ credentials: keyOf('ann') });
    await ann.send(new CreateBucketCommand({ Bucket: 'busy' }));
    const slow = ann.send(new PutObjectCommand({ Bucket: 'busy', Key: 'k', Body: Buffer.alloc(250_000) }));
    let refused = 0;
    const watch = setInterval(
      () => void ask(server, 'ann', 1).then(([one]) => (refused += one?.status === 503 ? 1 : 0)),
      50,
    );
    await slow;
    clearInterval(watch);
    assert.ok(refused > 0);
    assert.equal(ok(await ask(server, 'ann', 1)), 1);
  });
});
