import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { LeanClient } from '../support/lean-client.ts';
import { startTestServer } from '../support/test-server.ts';

process.env.STOWAGE_TEST_HTTP_THREADS = '2';
const server = await startTestServer();
after(() => server.close());
const { requests } = server.context;
const { accessKeyId, secretAccessKey } = server.rootCredentials;

/** On so many connections that each thread has some. */
async function onManyConnections(count: number, path: string): Promise<Set<string | undefined>> {
  const threads = new Set<string | undefined>();
  for (let i = 0; i < count; i += 1) {
    const client = new LeanClient(server.endpoint, server.rootCredentials);
    threads.add((await client.request({ method: 'GET', path })).header('x-amz-id-2'));
    client.close();
  }
  return threads;
}

test('requests of every thread are seen, with who asked for what', async () => {
  const threads = await onManyConnections(40, '/absent-bucket/key%20one');
  assert.equal(threads.size, 2);
  const seen = (await requests.recent()).filter(({ bucket }) => bucket === 'absent-bucket');
  assert.equal(seen.length, 40);
  const [first] = seen;
  assert.deepEqual(
    [first?.action, first?.objectKey, first?.status, first?.errorCode, first?.accessKeyId, first?.isKeyProven],
    ['GetObject', 'key one', 404, 'NoSuchBucket', accessKeyId, true],
  );
});

test('a refused request names the key it claimed, and no part of the signature', async () => {
  const wrong = new LeanClient(server.endpoint, { accessKeyId: 'CLAIMED1', secretAccessKey });
  await wrong.request({ method: 'GET', path: '/claimed-bucket' });
  wrong.close();
  const query = `AWSAccessKeyId=CLAIMED2&Expires=1&Signature=canary-1&secret=canary-2`;
  await fetch(`${server.endpoint}/claimed-bucket/x?${query}`, { headers: { 'user-agent': 'restic/0.16' } });
  const seen = (await requests.recent()).filter(({ bucket }) => bucket === 'claimed-bucket');
  assert.deepEqual(new Set(seen.map((request) => request.accessKeyId)), new Set(['CLAIMED1', 'CLAIMED2']));
  assert.ok(seen.every(({ isKeyProven, status }) => !isKeyProven && status >= 400));
  assert.ok(seen.some(({ client }) => client.id === 'restic'));
  assert.equal(JSON.stringify(seen).includes('canary'), false);
});

test('who listens is told as it happens', async () => {
  const told: string[] = [];
  const end = requests.subscribe((news) => told.push(...news.map(({ bucket }) => bucket ?? '')));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await onManyConnections(20, '/told-bucket');
  await new Promise((resolve) => setTimeout(resolve, 600));
  end();
  assert.equal(told.filter((bucket) => bucket === 'told-bucket').length, 20);
});
