import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import Database from 'better-sqlite3';
import { auditVerify } from '../../src-server/cli/commands/audit-verify.ts';
import type { OfflineOptions } from '../../src-server/cli/ports.ts';
import { appendHead } from '../../src-server/observability/audit-heads.ts';
import { DenialCounter } from '../../src-server/observability/denials.ts';
import { DeniedLog } from '../../src-server/observability/denied-log.ts';
import { verifyDenied } from '../../src-server/services/audit/verify-chains.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

async function verify(server: TestServer): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  // The command uses nothing but `print`.
  const options = { print: (line: string) => lines.push(line) } as unknown as OfflineOptions;
  const code = await auditVerify(server.context.config, options);
  return { code, lines };
}

const denied = (server: TestServer) => join(server.dataDir, 'audit', 'denied-000001.jsonl');

/** Six changes and two kinds of refused requests, each written. */
async function withHistory(): Promise<TestServer> {
  const server = await startTestServer();
  for (const Bucket of ['one', 'two', 'three'].map((name) => `bucket-${name}`)) {
    await server.client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await server.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  const wrong = server.newClient({ credentials: { ...server.rootCredentials, secretAccessKey: 'x'.repeat(40) } });
  await assert.rejects(wrong.send(new GetObjectCommand({ Bucket: 'bucket-one', Key: 'a' })));
  await assert.rejects(wrong.send(new GetObjectCommand({ Bucket: 'bucket-one', Key: 'b' })));
  const anonymous = new S3Client({
    endpoint: server.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    signer: { sign: async (request) => request },
    credentials: { accessKeyId: '', secretAccessKey: '' },
  });
  await assert.rejects(anonymous.send(new GetObjectCommand({ Bucket: 'bucket-one', Key: 'secret.txt' })));
  assert.equal((await fetch(`${server.consoleUrl}/api/v1/buckets`)).status, 401);
  for (let tries = 0; tries < 40; tries += 1) {
    await sleep(100);
    const files = readdirSync(join(server.dataDir, 'audit'));
    if (files.includes('denied-000001.jsonl') && readFileSync(denied(server), 'utf8').split('\n').length > 4) break;
  }
  return server;
}

test('both chains are whole beside a running server, and every kind of meddling is found', async (t) => {
  const server = await withHistory();
  try {
    const first = await verify(server);
    assert.deepEqual([first.code, first.lines.at(-1)], [0, 'sound'], first.lines.join('\n'));

    const lines = readFileSync(denied(server), 'utf8').trimEnd().split('\n');
    const records = lines.map((line) => JSON.parse(line));
    await t.test('a refused request is told with who, what, from where and what decided', () => {
      const forged = records.find((record) => record.code === 'SignatureDoesNotMatch');
      assert.equal(forged.who, server.rootCredentials.accessKeyId);
      assert.equal(forged.resource, 'arn:aws:s3:::bucket-one/a');
      assert.match(forged.requestId, /^\w+$/);
      assert.equal(forged.sourceAddress, '127.0.0.1');
      const stranger = records.find((record) => record.who === 'anonymous' && record.port === 's3');
      assert.deepEqual(JSON.parse(stranger.reason), { kind: 'nothing' });
      assert.equal(stranger.action, 's3:GetObject');
      assert.equal(
        records.some((record) => record.port === 'console' && record.code === 'SignInNeeded'),
        true,
      );
    });

    const tampered: [string, string[]][] = [
      ['edited', lines.map((line, at) => (at === 1 ? line.replace('127.0.0.1', '127.0.0.2') : line))],
      ['deleted', lines.filter((_, at) => at !== 1)],
      ['reordered', lines.toSpliced(0, 2, lines[1] ?? '', lines[0] ?? '')],
    ];
    for (const [kind, changed] of tampered) {
      await t.test(`a denied request that was ${kind} is found`, async () => {
        writeFileSync(denied(server), `${changed.join('\n')}\n`);
        const report = await verify(server);
        assert.deepEqual([report.code, report.lines.at(-1)], [1, 'NOT SOUND']);
        writeFileSync(denied(server), `${lines.join('\n')}\n`);
      });
    }

    const db = new Database(join(server.dataDir, 'catalogue.db'));
    const rows = db.prepare('SELECT * FROM audit_record ORDER BY seq').all() as Record<string, unknown>[];
    assert.ok(rows.length >= 7);
    const meddle = async (kind: string, sql: string[]) => {
      await t.test(`a record of a change that was ${kind} is found`, async () => {
        for (const one of sql) db.exec(one);
        const report = await verify(server);
        assert.deepEqual([report.code, report.lines.at(-1)], [1, 'NOT SOUND'], kind);
        db.exec('DELETE FROM audit_record');
        const names = Object.keys(rows[0] ?? {});
        const insert = db.prepare(`INSERT INTO audit_record (${names}) VALUES (${names.map((name) => `@${name}`)})`);
        for (const row of rows) insert.run(row);
        assert.equal((await verify(server)).code, 0);
      });
    };
    await meddle('edited', [`UPDATE audit_record SET actor_name = 'nobody' WHERE seq = 3`]);
    await meddle('deleted', ['DELETE FROM audit_record WHERE seq = 4']);
    await meddle('reordered', [
      'UPDATE audit_record SET seq = 1000 WHERE seq = 3',
      'UPDATE audit_record SET seq = 3 WHERE seq = 4',
      'UPDATE audit_record SET seq = 4 WHERE seq = 1000',
    ]);
    db.close();
  } finally {
    await server.close();
  }
});

test('what was cut off behind a head that was kept is found, in both chains', async () => {
  const server = await withHistory();
  try {
    const db = new Database(join(server.dataDir, 'catalogue.db'));
    const head = db.prepare('SELECT seq, hash FROM audit_record ORDER BY seq DESC LIMIT 1').get() as {
      seq: number;
      hash: Buffer;
    };
    const lines = readFileSync(denied(server), 'utf8').trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '');
    const changes = { seq: head.seq, hash: head.hash.toString('hex') };
    const disk = server.context.config.disks[0];
    assert.ok(disk);
    // As the hourly head is written, to the disk alone: what stands beside the log went with it.
    await appendHead(disk.path, { atMs: 1, changes, denied: { seq: last.seq, hash: last.hash } });
    assert.equal((await verify(server)).code, 0);
    db.prepare('DELETE FROM audit_record WHERE seq = ?').run(head.seq);
    writeFileSync(denied(server), `${lines.slice(0, -1).join('\n')}\n`);
    const report = await verify(server);
    assert.equal(report.code, 1);
    assert.equal(
      report.lines.filter((line) => line.includes('records were cut off')).length,
      2,
      report.lines.join('\n'),
    );
    db.close();
  } finally {
    await server.close();
  }
});

const denial = (resource: string) => ({
  atMs: 5,
  who: 'alice',
  arn: null,
  accessKeyId: null,
  tenantId: null,
  action: 's3:GetObject',
  resource,
  code: 'AccessDenied',
  status: 403,
  port: 's3' as const,
  sourceAddress: null,
  requestId: null,
  reason: null,
});

test('repeats are counted together by the minute, and what is too much is said', () => {
  const counter = new DenialCounter(3);
  for (let n = 0; n < 50; n += 1) counter.note(denial('same'));
  assert.deepEqual(
    counter.take(0).denials.map(({ count }) => count),
    [50],
  );
  for (let n = 0; n < 50; n += 1) counter.note(denial('same'));
  assert.deepEqual(counter.take(30_000).denials, []);
  assert.deepEqual(
    counter.take(60_000).denials.map(({ count }) => count),
    [50],
  );
  for (let n = 0; n < 10; n += 1) counter.note(denial(`other-${n}`));
  const taken = counter.take(61_000);
  assert.equal(taken.denials.length, 2);
  assert.equal(taken.dropped, 8);
  assert.deepEqual(counter.take(300_000), { denials: [], dropped: 0 });
  assert.deepEqual(counter.take(600_000), { denials: [], dropped: 0 });
});

test('the files have a bound, say what went, survive a torn line, and stay one chain', async () => {
  const server = await startTestServer();
  const folder = join(server.dataDir, 'many');
  mkdirSync(folder);
  try {
    const options = { folder, fileBytes: 2000, files: 3 };
    let log = await DeniedLog.open(options);
    for (let n = 0; n < 60; n += 1) {
      await log.write({ denials: [{ ...denial(`r${n}`), count: 1, lastMs: 5 }], dropped: 0 });
      if (n % 20 !== 19) continue;
      await log.close();
      const name = readdirSync(folder).sort().at(-1) ?? '';
      const path = join(folder, name);
      writeFileSync(path, `${readFileSync(path, 'utf8')}{"seq":99,"torn`);
      log = await DeniedLog.open(options);
    }
    await log.close();
    const names = readdirSync(folder).sort();
    assert.equal(names.length, 3);
    const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
    const report = verifyDenied(texts, []);
    assert.deepEqual(report.problems, []);
    assert.ok(report.end.seq > 60);
    assert.equal(report.records < 60, true);
    // The oldest file taken away behind its back.
    assert.notDeepEqual(verifyDenied(texts.slice(1), []).problems, []);
  } finally {
    await server.close();
  }
});
