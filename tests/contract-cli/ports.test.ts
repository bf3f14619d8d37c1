import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type Ready, readMetrics, Served, s3Client } from './fixtures/served.ts';

/** What stands at which port (DESIGN §1). */
describe('ports', { timeout: 60_000 }, () => {
  const served = new Served();
  let ready: Ready;
  let s3: S3Client;
  before(async () => {
    ({ ready } = await served.serve());
    s3 = s3Client(ready.s3, served.readJson('root-credentials.json'));
  });
  after(() => served.close());

  it('no path of the S3 port is special: buckets may be called as the console calls its pages', async () => {
    for (const [Bucket, Key] of [
      ['health', 'live'],
      ['metrics', 'x'],
      ['api', 'v1/setup'],
    ] as const) {
      await s3.send(new CreateBucketCommand({ Bucket }));
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      assert.equal(await Body?.transformToString(), Key);
      assert.equal((await fetch(`${ready.s3}/${Bucket}/${Key}`)).status, 403);
    }
  });

  it('counts requests, latency, bytes, errors, batches, syncs, replay and space', async () => {
    const body = 'x'.repeat(5000);
    const before = await readMetrics(ready.console);
    await s3.send(new PutObjectCommand({ Bucket: 'metrics', Key: 'counted', Body: body }));
    await (await s3.send(new GetObjectCommand({ Bucket: 'metrics', Key: 'counted' }))).Body?.transformToString();
    await assert.rejects(s3.send(new GetObjectCommand({ Bucket: 'metrics', Key: 'absent' })));
    const after = await readMetrics(ready.console);
    const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
    assert.equal(grown('stowage_s3_requests_total{action="PutObject",status="2xx"}'), 1);
    assert.equal(grown('stowage_s3_requests_total{action="GetObject",status="2xx"}'), 1);
    assert.equal(grown('stowage_s3_requests_total{action="GetObject",status="4xx"}'), 1);
    assert.equal(grown('stowage_s3_errors_total{code="NoSuchKey"}'), 1);
    assert.ok(grown('stowage_s3_received_bytes_total{action="PutObject"}') >= body.length);
    assert.ok(grown('stowage_s3_sent_bytes_total{action="GetObject"}') >= body.length);
    assert.equal(grown('stowage_s3_request_duration_seconds_count{action="PutObject"}'), 1);
    assert.equal(grown('stowage_s3_request_duration_seconds_bucket{action="PutObject",le="+Inf"}'), 1);
    assert.ok(grown('stowage_engine_batch_commands_count') >= 1);
    assert.ok(grown('stowage_engine_syncs_total') >= 1);
    for (const name of ['size', 'free']) {
      assert.ok((after.get(`stowage_disk_${name}_bytes{disk="main",tier="hot"}`) ?? 0) > 0);
    }
    for (const name of ['stowage_catalogue_bytes', 'stowage_log_bytes']) assert.ok((after.get(name) ?? 0) > 0);
    assert.ok(after.has('stowage_engine_replayed_records_total'));
  });

  it('has labels of our own tables only: what clients send makes no series', async () => {
    const strange = async (): Promise<string> => {
      const canary = randomUUID();
      for (const path of [`/${canary}`, `/${canary}/${canary}`, `/metrics?${canary}`, `/?x-id=${canary}`]) {
        for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'POST']) await fetch(`${ready.s3}${path}`, { method });
      }
      const other = s3Client(ready.s3, { accessKeyId: canary, secretAccessKey: canary });
      await assert.rejects(other.send(new ListBucketsCommand({})));
      await assert.rejects(s3.send(new HeadObjectCommand({ Bucket: 'metrics', Key: canary })));
      return canary;
    };
    const canaries = [await strange()];
    const first = await readMetrics(ready.console);
    for (let round = 0; round < 3; round += 1) canaries.push(await strange());
    const second = await readMetrics(ready.console);
    assert.deepEqual([...second.keys()], [...first.keys()]);
    for (const canary of canaries) assert.ok(![...second.keys()].some((name) => name.includes(canary)));
  });
});
