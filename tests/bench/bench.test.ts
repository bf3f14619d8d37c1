import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ALL_CASES } from './cases/all-cases.ts';
import type { Measurement } from './cases/bench-case.ts';
import { HostLimits } from './host/host-limits.ts';
import { makeBodies, pick } from './load/bodies.ts';
import { Latencies } from './load/latencies.ts';
import { ResponseReader } from './load/response-reader.ts';
import { runLoad } from './load/run-load.ts';
import { S3Requests } from './load/s3-requests.ts';
import { Signer } from './load/signer.ts';
import { type BenchOptions, parseOptions, UsageError } from './options.ts';
import { runCases } from './run-cases.ts';
import { type StubOptions, startStubS3 } from './stub-s3-server.ts';

async function bench(stubOptions: StubOptions, only: readonly string[]): Promise<readonly Measurement[]> {
  const stub = await startStubS3(stubOptions);
  const folder = mkdtempSync(join(tmpdir(), 'stowage-bench-test-'));
  try {
    const options: BenchOptions = {
      ...parseOptions(['--quick', '--keys', '3000', '--dir', folder]),
      only,
      seconds: 0.1,
      warmupSeconds: 0.02,
      endpoint: { url: stub.url, accessKeyId: 'STUBKEY', secretAccessKey: 'stub-secret' },
    };
    const limits = new HostLimits(options, () => undefined);
    return await runCases(ALL_CASES, options, limits, () => undefined);
  } finally {
    stub.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

test('load cases measure a server that answers rightly and find nothing wrong', async () => {
  const results = await bench({}, ['4 KiB x16', '512 KiB x16', 'LIST']);
  assert.deepEqual(
    results.map((measured) => measured.name),
    [
      ...['PUT', 'GET', 'HEAD', 'DELETE'].map((method) => `${method} 4 KiB x16`),
      ...['PUT 512 KiB x16', 'GET 512 KiB x16', 'mixed 512 KiB x16'],
      ...['LIST 1,000 keys x1', 'LIST 1,000 common prefixes x1', 'LIST 1,000 keys x8'],
    ],
  );
  for (const measured of results) {
    assert.deepEqual(measured.problems, [], measured.name);
    assert.ok(measured.value > 0, measured.name);
  }
});

test('a server that answers other bytes than were stored is found out', async () => {
  const [measured] = await bench({ flipsBytes: true }, ['GET 4 KiB x16']);
  assert.ok((measured?.problemCount ?? 0) > 0);
  assert.match(measured?.problems?.[0] ?? '', /body differs/);
});

test('a server that keeps what it answered as deleted is found out', async () => {
  const [measured] = await bench({ keepsDeleted: true }, ['DELETE 4 KiB x16']);
  assert.match(measured?.problems?.[0] ?? '', /deleted object answered/);
});

test('every measurement a case names is unique', () => {
  const names = ALL_CASES.flatMap((each) => each.names);
  assert.equal(new Set(names).size, names.length);
});

test('answers are parsed whatever pieces they come in', () => {
  const raw = Buffer.from(
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nETag: "x"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nT: 1\r\n\r\n',
  );
  for (let size = 1; size <= raw.length; size += 1) {
    const reader = new ResponseReader(false, { kind: 'expected', bytes: Buffer.from('hello world') });
    let done = false;
    for (let at = 0; at < raw.length; at += size) done = reader.push(raw.subarray(at, at + size));
    const answer = reader.answer();
    assert.deepEqual([done, answer.status, answer.bodyBytes, answer.bodyMatches], [true, 200, 11, true]);
  }
});

test('the signer agrees with the GET example of the SigV4 documentation', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2013, 4, 24) });
  const credentials = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  const signer = new Signer(credentials, 'us-east-1', 'examplebucket.s3.amazonaws.com');
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  const head = signer.head({ method: 'GET', path: '/', query: 'lifecycle=', payloadHash: empty });
  assert.match(head, /Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543\r\n/);
});

test('percentiles are by nearest rank', () => {
  const latencies = new Latencies();
  for (let value = 100; value >= 1; value -= 1) latencies.add(value);
  assert.deepEqual([latencies.percentile(0.5), latencies.percentile(0.99), latencies.percentile(1)], [50, 99, 100]);
});

test('work that ends before the time does is measured by its own length', async () => {
  const stub = await startStubS3();
  try {
    const s3 = new S3Requests({
      endpoint: stub.url,
      credentials: { accessKeyId: 'STUBKEY', secretAccessKey: 'stub-secret' },
      region: 'us-east-1',
    });
    const body = pick(makeBodies(100, 1), 0);
    let left = 20;
    const next = () => (left-- > 0 ? s3.put('bucket', `key-${left}`, body) : undefined);
    const result = await runLoad({ target: s3.target, connections: 4, seconds: 60, warmupSeconds: 0, next });
    assert.equal(Math.round(result.operations), 20);
    assert.ok(result.seconds < 60);
  } finally {
    stub.close();
  }
});

test('options that contradict each other are refused', () => {
  assert.throws(() => parseOptions(['--endpoint', 'http://127.0.0.1:1']), UsageError);
  assert.throws(() => parseOptions(['--seconds', '-1']), UsageError);
  assert.throws(() => parseOptions(['--nonsense']), UsageError);
});
