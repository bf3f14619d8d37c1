import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { measureBetween, percentile, type Reading, requestClass } from '../../../src-server/observability/measure.ts';
import { createMetricsRegistry } from '../../../src-server/observability/metrics.ts';
import { createS3Metrics, type S3RequestFacts } from '../../../src-server/observability/s3-metrics.ts';

const GET: S3RequestFacts = {
  action: 'GetObject',
  status: 200,
  errorCode: undefined,
  durationMs: 4,
  bytesIn: 0,
  bytesOut: 1000,
};

describe('measureBetween', () => {
  it('adds threads up, and answers what happened a second', () => {
    const registries = [createMetricsRegistry(), createMetricsRegistry()];
    const threads = registries.map((registry) => createS3Metrics(registry));
    const read = (atMs: number, cpuMs: number): Reading => ({
      atMs,
      cpuMs,
      families: registries.flatMap((registry) => registry.snapshot()),
    });
    threads[0]?.record(GET);
    const before = read(0, 100);
    for (const thread of threads) for (let i = 0; i < 50; i += 1) thread.record(GET);
    threads[1]?.record({
      ...GET,
      action: 'PutObject',
      bytesIn: 500,
      bytesOut: 0,
      status: 403,
      errorCode: 'AccessDenied',
    });
    const rates = measureBetween(before, read(10_000, 5100));
    assert.equal(rates['requests'], 10.1);
    assert.equal(rates['requests.get'], 10);
    assert.equal(rates['requests.put'], 0.1);
    assert.equal(rates['requests.delete'], 0);
    assert.equal(rates['out'], 10_000);
    assert.equal(rates['in'], 50);
    assert.equal(rates['errors'], 0.1);
    assert.equal(rates['error.AccessDenied'], 0.1);
    assert.equal(rates['cpu'], 0.5);
    assert.ok((rates['p50'] ?? 0) > 2.5 && (rates['p50'] ?? 0) < 5);
  });

  it('has no latency where nothing was asked', () => {
    const empty: Reading = { atMs: 0, cpuMs: 0, families: [] };
    const rates = measureBetween(empty, { ...empty, atMs: 10_000 });
    assert.equal('p50' in rates, false);
    assert.equal(rates['requests'], 0);
  });

  it('sorts every action', () => {
    const classes = ['PutObject', 'UploadPart', 'GetObject', 'HeadBucket', 'ListObjectsV2', 'DeleteObjects', 'none'];
    assert.deepEqual(classes.map(requestClass), ['put', 'put', 'get', 'get', 'list', 'delete', 'other']);
  });

  it('percentiles lie within their bucket', () => {
    assert.equal(percentile([1, 2, 4], [0, 10, 0, 0], 0.5), 1.5);
    assert.equal(percentile([1, 2, 4], [0, 0, 0, 3], 0.99), 4);
    assert.equal(percentile([1, 2, 4], [0, 0, 0, 0], 0.5), undefined);
  });
});
