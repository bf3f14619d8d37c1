import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Credentials } from '../bench/load/signer.ts';
import { LeanClient, type LeanRequest } from '../support/lean-client.ts';
import { seededBytes } from '../support/seeded.ts';
import { startTestServer } from '../support/test-server.ts';
import { keyOf, provision, provisionedUser } from '../support/users.ts';
import { waitFor } from '../support/wait-for.ts';

process.env.STOWAGE_TEST_HTTP_THREADS = '2';
const server = await startTestServer();
after(() => server.close());
const clients: LeanClient[] = [];
after(() => {
  for (const client of clients) client.close();
});

function connect(credentials: Credentials = server.rootCredentials): LeanClient {
  const client = new LeanClient(server.endpoint, credentials);
  clients.push(client);
  return client;
}

/** A connection to each thread. The system deals connections out; a thread's answers carry its own `x-amz-id-2`. */
async function connectToEach(credentials?: Credentials): Promise<readonly [LeanClient, LeanClient]> {
  const byThread = new Map<string | undefined, LeanClient>();
  for (let i = 0; i < 200 && byThread.size < 2; i++) {
    const client = connect(credentials);
    byThread.set((await client.request({ method: 'GET', path: '/' })).header('x-amz-id-2'), client);
  }
  const [one, other] = byThread.values();
  assert.ok(one !== undefined && other !== undefined, 'both threads serve');
  return [one, other];
}

const pair = await connectToEach();
/** The threads in turn, so that each is the one that changes and the one that looks. */
const ROUNDS = Array.from({ length: 10 }, (_, round) => {
  const [a, b] = round % 2 === 0 ? pair : [pair[1], pair[0]];
  return { a, b, bucket: `round-${round}` };
});

async function expectStatus(client: LeanClient, request: LeanRequest, status: number) {
  const answer = await client.request(request);
  assert.equal(answer.status, status, `${request.method} ${request.path}: ${answer.body.toString('latin1', 0, 400)}`);
  return answer;
}

const put = (path: string, body: Buffer | string = 'x', query = ''): LeanRequest => {
  return { method: 'PUT', path, query, body: Buffer.from(body) };
};

test('a bucket and its objects are on the other thread as soon as they are answered, and gone likewise', async () => {
  for (const { a, b, bucket } of ROUNDS) {
    await expectStatus(a, { method: 'PUT', path: `/${bucket}` }, 200);
    await expectStatus(b, { method: 'HEAD', path: `/${bucket}` }, 200);
    for (const sizeBytes of [0, 100, 300_000, 1_200_000]) {
      const body = seededBytes(bucket, sizeBytes);
      await expectStatus(a, put(`/${bucket}/${sizeBytes}`, body), 200);
      const read = await expectStatus(b, { method: 'GET', path: `/${bucket}/${sizeBytes}` }, 200);
      assert.ok(read.body.equals(body));
    }
    const listed = await expectStatus(b, { method: 'GET', path: `/${bucket}`, query: 'list-type=2' }, 200);
    assert.match(listed.body.toString(), /<KeyCount>4</);
    for (const sizeBytes of [0, 100, 300_000, 1_200_000]) {
      await expectStatus(b, { method: 'DELETE', path: `/${bucket}/${sizeBytes}` }, 204);
      await expectStatus(a, { method: 'GET', path: `/${bucket}/${sizeBytes}` }, 404);
    }
    await expectStatus(b, { method: 'DELETE', path: `/${bucket}` }, 204);
    await expectStatus(a, { method: 'HEAD', path: `/${bucket}` }, 404);
    await expectStatus(a, put(`/${bucket}/late`), 404);
  }
});

test('a setting counts on the other thread from its answer on', async () => {
  for (const { a, b, bucket } of ROUNDS) {
    const path = `/${bucket}`;
    await expectStatus(a, { method: 'PUT', path }, 200);
    assert.equal((await expectStatus(b, put(`${path}/k`), 200)).header('x-amz-version-id'), undefined);
    const status = (text: string) => `<VersioningConfiguration><Status>${text}</Status></VersioningConfiguration>`;
    await expectStatus(a, put(path, status('Enabled'), 'versioning='), 200);
    assert.ok((await expectStatus(b, put(`${path}/k`), 200)).header('x-amz-version-id'));
    await expectStatus(a, put(path, status('Suspended'), 'versioning='), 200);
    assert.equal((await expectStatus(b, put(`${path}/k`), 200)).header('x-amz-version-id'), undefined);
    const rule =
      '<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>';
    const encryption = `<ServerSideEncryptionConfiguration>${rule}</ServerSideEncryptionConfiguration>`;
    await expectStatus(a, put(path, encryption, 'encryption='), 200);
    assert.equal((await expectStatus(b, put(`${path}/k`), 200)).header('x-amz-server-side-encryption'), 'AES256');
    await expectStatus(a, { method: 'DELETE', path, query: 'encryption=' }, 204);
    assert.equal((await expectStatus(b, put(`${path}/k`), 200)).header('x-amz-server-side-encryption'), undefined);
  }
});

test('a key counts on both threads once it is made, and its old secret on none', async () => {
  for (let round = 0; round < 10; round++) {
    const user = { name: `user-${round}`, role: 'user' };
    const [first, second] = ['first', 'second'].map((word) => ({
      ...keyOf(user.name),
      secretAccessKey: `${word}-secret-of-round`,
    }));
    assert.ok(first !== undefined && second !== undefined);
    await provision(server.context, { users: [{ ...user, accessKeys: [first] }] });
    const [a, b] = await connectToEach(first);
    await expectStatus(a, { method: 'PUT', path: `/of-user-${round}` }, 200);
    await expectStatus(b, put(`/of-user-${round}/k`), 200);
    await provision(server.context, { users: [{ ...user, accessKeys: [second] }] });
    await expectStatus(a, { method: 'GET', path: '/' }, 403);
    await expectStatus(b, { method: 'GET', path: '/' }, 403);
    const [c, d] = await connectToEach(second);
    await expectStatus(c, { method: 'GET', path: `/of-user-${round}/k` }, 200);
    // A role counts likewise.
    await provision(server.context, { users: [{ ...user, role: 'readonly' }] });
    await expectStatus(c, put(`/of-user-${round}/k`), 403);
    await expectStatus(d, put(`/of-user-${round}/k`), 403);
  }
  await provision(server.context, { users: [provisionedUser('last', 'user')] });
});

test('an upload may be made by both threads', async () => {
  const [a, b] = pair;
  await expectStatus(a, { method: 'PUT', path: '/uploads-here' }, 200);
  const path = '/uploads-here/large';
  const created = await expectStatus(a, { method: 'POST', path, query: 'uploads=' }, 200);
  const id = /<UploadId>([^<]*)</.exec(created.body.toString())?.[1] ?? '';
  const halves = [seededBytes('one', 5 * 1024 * 1024), seededBytes('other', 1000)];
  const etags: (string | undefined)[] = [];
  for (const [i, body] of halves.entries()) {
    const stored = await expectStatus(i === 0 ? b : a, put(path, body, `partNumber=${i + 1}&uploadId=${id}`), 200);
    etags.push(stored.header('etag'));
  }
  const parts = etags.map((etag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${etag}</ETag></Part>`);
  const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
  await expectStatus(b, { method: 'POST', path, query: `uploadId=${id}`, body }, 200);
  const read = await expectStatus(a, { method: 'GET', path }, 200);
  assert.ok(read.body.equals(Buffer.concat(halves)));
});

test('of racing If-None-Match: * writes over many connections exactly one is stored', async () => {
  await expectStatus(pair[0], { method: 'PUT', path: '/races' }, 200);
  const racers = Array.from({ length: 24 }, () => connect());
  const threads = new Set<string | undefined>();
  for (let round = 0; round < 10; round++) {
    const path = `/races/${round}`;
    const answers = await Promise.all(
      racers.map(async (client, i) => {
        const answer = await client.request({ ...put(path, String(i)), headers: { 'if-none-match': '*' } });
        threads.add(answer.header('x-amz-id-2'));
        return answer.status;
      }),
    );
    assert.deepEqual(
      [answers.filter((status) => status === 200).length, answers.filter((status) => status === 412).length],
      [1, 23],
    );
    const winner = answers.indexOf(200);
    for (const client of pair) {
      assert.equal((await expectStatus(client, { method: 'GET', path }, 200)).body.toString(), String(winner));
    }
  }
  assert.equal(threads.size, 2);
});

test('what happens on either thread is told to who watches on the first', async () => {
  const told = new Set<string>();
  const end = server.context.events.subscribe((event, audience) => {
    if (event.kind === 'bucket-changed' && typeof audience === 'object' && 'adminsOf' in audience)
      told.add(event.bucket);
  });
  const buckets = pair.map((_, thread) => `told-by-${thread}`);
  for (const [thread, client] of pair.entries()) {
    await expectStatus(client, { method: 'PUT', path: `/told-by-${thread}` }, 200);
  }
  await waitFor(() => told.size === 2);
  assert.deepEqual([...told].sort(), buckets);
  end();
});
