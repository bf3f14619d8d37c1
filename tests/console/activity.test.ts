import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { getJobs, getLog, getRequest, getRequests } from '../../src-server/contract/activity.ts';
import { type LiveEvent, liveEventSchema } from '../../src-server/contract/events.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { LeanClient } from '../support/lean-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const SECRET = 'canary-9d41';

describe('activity', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let lean: LeanClient;
  before(async () => {
    server = await startTestServer();
    const roles = ['admin', 'user'] as const;
    await provision(server.context, { users: roles.map((role) => ({ name: role, role, password: PASSWORD })) });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    lean = new LeanClient(server.endpoint, server.rootCredentials);
  });
  after(async () => {
    lean.close();
    await server.close();
  });

  const get = async (path: string, client = admin) => client.send('GET', `/api/v1/activity/${path}`);

  /** Events of a stream until `isEnough`. */
  async function watch(
    show: 'requests' | 'log',
    act: () => Promise<unknown>,
    isEnough: (events: LiveEvent[]) => boolean,
  ) {
    const abort = new AbortController();
    const response = await fetch(`${server.consoleUrl}/api/v1/activity/stream?show=${show}`, {
      headers: { cookie: admin.cookie },
      signal: abort.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const events: LiveEvent[] = [];
    let text = '';
    let hasActed = false;
    while (!isEnough(events)) {
      const piece = await reader?.read();
      if (piece === undefined || piece.done) throw new Error('the stream ended');
      text += piece.value;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks.filter((one) => one.startsWith('data: '))) {
        events.push(liveEventSchema.parse(JSON.parse(block.slice('data: '.length))));
      }
      if (hasActed) continue;
      hasActed = true;
      await setTimeout(400);
      await act();
    }
    abort.abort();
    return events;
  }

  it('shows what was asked, by whom, and one request by its id', async () => {
    const answer = await lean.request({
      method: 'GET',
      path: '/nowhere/a%20key',
      query: 'versionId=null',
      headers: { 'user-agent': 'rclone/v1.60.1' },
    });
    const id = answer.header('x-amz-request-id') ?? '';
    const { requests, region } = getRequests.answers[200].schema.parse(await (await get('requests')).json());
    assert.equal(region, 'us-east-1');
    const one = getRequest.answers[200].schema.parse(await (await get(`requests/${id}`)).json());
    assert.deepEqual(
      requests.find((request) => request.id === id),
      one,
    );
    const { method, action, bucket, key, query, status, errorCode, client, accessKeyId } = one;
    assert.deepEqual([method, action, bucket, key, query], ['GET', 'GetObject', 'nowhere', 'a key', 'versionId=null']);
    assert.deepEqual([status, errorCode, client.name], [404, 'NoSuchBucket', 'rclone']);
    assert.equal(accessKeyId, server.rootCredentials.accessKeyId);
    assert.equal((await get('requests/0000000000000000')).status, 404);
  });

  it('streams requests to who watches, and asks nobody when nobody does', async () => {
    const seen = (events: LiveEvent[]) =>
      events.flatMap((event) => (event.kind === 'requests' ? event.requests.map(({ bucket }) => bucket) : []));
    const act = () => lean.request({ method: 'GET', path: '/watched' });
    const events = await watch('requests', act, (all) => seen(all).includes('watched'));
    assert.equal(events[0]?.kind, 'hello');
    assert.equal(seen(events).filter((bucket) => bucket === 'watched').length, 1);
  });

  it('shows the log and streams its new lines', async () => {
    server.context.log.info({ disk: 'main' }, 'a line for the test');
    const { lines } = getLog.answers[200].schema.parse(await (await get('log')).json());
    const line = lines.find(({ text }) => text === 'a line for the test');
    assert.deepEqual([line?.level, line?.fields], ['info', { disk: 'main' }]);
    const act = async () => server.context.log.warn('a warning as it comes');
    const events = await watch('log', act, (all) => all.some(({ kind }) => kind === 'log'));
    const told = events.flatMap((event) => (event.kind === 'log' ? event.lines : []));
    assert.ok(told.some(({ level, text }) => level === 'warn' && text === 'a warning as it comes'));
  });

  it('no planted secret is in requests, log or errors', async () => {
    const query = `X-Amz-Signature=${SECRET}&X-Amz-Security-Token=${SECRET}&token=${SECRET}&AWSAccessKeyId=AK1&Signature=${SECRET}`;
    const plant = {
      authorization: `AWS4-HMAC-SHA256 Credential=AK1/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${SECRET}`,
    };
    const refused = await fetch(`${server.endpoint}/planted/x?${query}`, {
      headers: { ...plant, 'x-amz-security-token': SECRET },
    });
    assert.ok(refused.status >= 400);
    await fetch(`${server.endpoint}/planted?${query}`);
    server.context.log.error({ err: new Error(`GET /x?X-Amz-Signature=${SECRET}`), password: SECRET }, 'planted');
    for (const path of ['requests', 'log', 'jobs', `requests/${SECRET}`]) {
      const text = await (await get(path)).text();
      assert.equal(text.includes(SECRET), false, path);
    }
    assert.ok((await (await get('requests')).text()).includes('planted'));
  });

  it('lists jobs and runs one now', async () => {
    const jobs = async () => getJobs.answers[200].schema.parse(await (await get('jobs')).json()).jobs;
    const before = (await jobs()).find(({ name }) => name === 'release-segments');
    assert.ok(before?.nextStepMs != null && before.nextStepMs > Date.now());
    assert.equal((await admin.send('POST', '/api/v1/activity/jobs/release-segments/run')).status, 204);
    await setTimeout(300);
    const after = (await jobs()).find(({ name }) => name === 'release-segments');
    assert.ok((after?.steps ?? 0) > before.steps);
    const unknown = await admin.send('POST', '/api/v1/activity/jobs/nothing/run');
    assert.deepEqual([unknown.status, await codeOf(unknown)], [404, 'NoSuchJob']);
  });

  it('is for who operates the appliance', async () => {
    const user = await signInTo(server.consoleUrl, 'user', PASSWORD);
    for (const path of ['requests', 'requests/1', 'log', 'jobs', 'stream?show=log', 'stream?show=requests']) {
      assert.equal((await get(path, user)).status, 403, path);
    }
    assert.equal((await user.send('POST', '/api/v1/activity/jobs/release-segments/run')).status, 403);
  });
});
