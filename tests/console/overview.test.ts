import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getHistory, getOverview, getStatus } from '../../src-server/contract/overview.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const overviewSchema = getOverview.answers[200].schema;
const historySchema = getHistory.answers[200].schema;

describe('overview and history', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    const users = [
      { name: 'admin', role: 'admin', password: PASSWORD },
      { name: 'user', role: 'user', password: PASSWORD },
      { name: 'inner', role: 'admin', tenant: 'acme', password: PASSWORD },
    ] as const;
    await provision(server.context, { tenants: [{ name: 'acme' }], users: [...users] });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    await server.client.send(new CreateBucketCommand({ Bucket: 'office' }));
    for (let i = 0; i < 5; i += 1) {
      await server.client.send(new PutObjectCommand({ Bucket: 'office', Key: `k${i}`, Body: 'x'.repeat(100_000) }));
    }
  });
  after(() => server.close());

  const read = async (path: string, client = admin) => client.send('GET', path);
  const overview = async () => overviewSchema.parse(await (await read('/api/v1/overview')).json());

  it('capacity adds up to the byte, over all and for each disk', async () => {
    await setTimeout(2100);
    const { capacity, disks, stored } = await overview();
    for (const parts of [capacity, disks[0]?.space]) {
      assert.ok(parts != null);
      const { totalBytes, dataBytes, overheadBytes, otherBytes, freeBytes } = parts;
      assert.equal(dataBytes + overheadBytes + otherBytes + freeBytes, totalBytes);
      assert.ok(totalBytes > 0 && freeBytes > 0 && overheadBytes > 0);
    }
    assert.ok(capacity.dataBytes >= 500_000);
    assert.deepEqual([stored.buckets, stored.objects, stored.bytes], [1, 5, 500_000]);
  });

  it('says that all is well, who was there, and that it has no history yet', async () => {
    const { status, attention, forecast, disks } = await overview();
    assert.deepEqual([status, attention, forecast.kind], ['fine', [], 'not-enough-history']);
    assert.deepEqual([disks.length, disks[0]?.state, disks[0]?.hasLog], [1, 'fine', true]);
  });

  it('after ten seconds there are rates, a first point in every range, and the client that wrote', async () => {
    await server.client.send(new PutObjectCommand({ Bucket: 'office', Key: 'late', Body: 'x' }));
    await setTimeout(10_500);
    const { now, contacts } = await overview();
    assert.ok(now !== null && now.requests > 0 && now.bytesIn > 0 && (now.p99 ?? 0) > 0);
    const sdk = contacts.find(({ client }) => client.id === 'aws-sdk-js');
    assert.equal(sdk?.accessKeyId, server.rootCredentials.accessKeyId);
    assert.equal(sdk?.bucket, 'office');
    assert.ok(sdk?.lastWriteMs != null && sdk.bytesIn >= 500_000);
    for (const range of ['1h', '24h', '7d', '30d', '1y']) {
      const answer = await read(`/api/v1/history?range=${range}&series=in,requests.*,p99,used,rss`);
      const { series, fromMs, stepMs } = historySchema.parse(await answer.json());
      const received = series.find(({ name }) => name === 'in');
      assert.ok(received !== undefined && received.points.length <= 600);
      assert.ok(fromMs + received.points.length * stepMs >= Date.now());
      const measured = received.points.filter((point) => point !== null);
      assert.ok(measured.length >= 1 && Math.max(...measured.map(([, , max]) => max)) > 0, range);
      assert.ok(
        received.points.some((point) => point === null),
        'before the start is a gap',
      );
      assert.deepEqual(series.map(({ name }) => name).sort(), [
        'in',
        'p99',
        'requests.delete',
        'requests.get',
        'requests.list',
        'requests.other',
        'requests.put',
        'rss',
        'used',
      ]);
    }
    const answer = await read('/api/v1/history?topic=buckets&range=24h&series=bytes.office');
    assert.equal(historySchema.parse(await answer.json()).series[0]?.points.length, 288);
  });

  it('is for who operates the appliance; the word is for everybody', async () => {
    for (const name of ['user', 'inner']) {
      const client = await signInTo(server.consoleUrl, name, PASSWORD);
      for (const path of ['/api/v1/overview', '/api/v1/history?range=1h&series=in']) {
        const answer = await read(path, client);
        assert.deepEqual([answer.status, await codeOf(answer)], [403, 'AccessDenied'], `${name} ${path}`);
      }
      const word = getStatus.answers[200].schema.parse(await (await read('/api/v1/status', client)).json());
      assert.equal(word.status, 'fine');
    }
    assert.equal((await fetch(`${server.consoleUrl}/api/v1/status`)).status, 401);
  });

  it('refuses a range or a series that is none', async () => {
    for (const query of ['range=2h&series=in', 'range=1h&series=', 'range=1h', 'range=1h&series=a;b']) {
      assert.equal((await read(`/api/v1/history?${query}`)).status, 400, query);
    }
  });
});
