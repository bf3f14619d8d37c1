import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { registerEngineMetrics } from '../../../src-server/observability/engine-metrics.ts';
import { createMetricsRegistry } from '../../../src-server/observability/metrics.ts';
import { renderPrometheus } from '../../../src-server/observability/prometheus-text.ts';
import { createS3Metrics } from '../../../src-server/observability/s3-metrics.ts';
import { registerStorageGauges } from '../../../src-server/observability/storage-gauges.ts';

const REQUEST = { action: 'PutObject', status: 200, errorCode: undefined, durationMs: 3, bytesIn: 10, bytesOut: 0 };

describe('metrics', () => {
  it('counts requests by action and class, errors by code, and sums bytes', () => {
    const registry = createMetricsRegistry();
    const metrics = createS3Metrics(registry);
    metrics.record(REQUEST);
    metrics.record({ ...REQUEST, bytesIn: 5 });
    metrics.record({ ...REQUEST, status: 412, errorCode: 'PreconditionFailed', bytesIn: 0, bytesOut: 300 });
    const text = renderPrometheus([registry.snapshot()]);
    assert.match(text, /^stowage_s3_requests_total\{action="PutObject",status="2xx"\} 2$/m);
    assert.match(text, /^stowage_s3_requests_total\{action="PutObject",status="4xx"\} 1$/m);
    assert.match(text, /^stowage_s3_received_bytes_total\{action="PutObject"\} 15$/m);
    assert.match(text, /^stowage_s3_sent_bytes_total\{action="PutObject"\} 300$/m);
    assert.match(text, /^stowage_s3_errors_total\{code="PreconditionFailed"\} 1$/m);
  });

  it('renders histograms cumulatively, with sum and count', () => {
    const registry = createMetricsRegistry();
    const histogram = registry.histogram('h', 'help', [1, 5], ['who']).with('a');
    for (const value of [0.5, 1, 3, 9]) histogram.observe(value);
    assert.equal(
      renderPrometheus([registry.snapshot()]),
      `# HELP h help
# TYPE h histogram
h_bucket{who="a",le="1"} 2
h_bucket{who="a",le="5"} 3
h_bucket{who="a",le="+Inf"} 4
h_sum{who="a"} 13.5
h_count{who="a"} 4
`,
    );
  });

  it('adds up what several threads counted', () => {
    const threads = [1, 2].map((amount) => {
      const registry = createMetricsRegistry();
      registry.counter('c', 'help', ['x']).with('same').add(amount);
      registry.counter('only', 'help', ['x']).with(String(amount)).add(1);
      return structuredClone(registry.snapshot());
    });
    const text = renderPrometheus(threads);
    assert.match(text, /^c\{x="same"\} 3$/m);
    assert.equal(text.match(/^# TYPE c /gm)?.length, 1);
    assert.match(text, /^only\{x="1"\} 1\nonly\{x="2"\} 1$/m);
  });

  it('bounds the number of series', () => {
    const registry = createMetricsRegistry();
    const counter = registry.counter('c', 'help', ['x']);
    for (let index = 0; index < 3000; index += 1) counter.with(`v${index}`).add(1);
    const [family] = registry.snapshot();
    assert.equal(family?.series.length, 1001);
    assert.deepEqual(family.series.at(-1), { labels: ['other'], values: [2000] });
  });

  it('escapes label values and help', () => {
    const registry = createMetricsRegistry();
    registry.counter('c', 'a\\b\nc', ['x']).with('"\\\n').add(1);
    assert.equal(
      renderPrometheus([registry.snapshot()]),
      '# HELP c a\\\\b\\nc\n# TYPE c counter\nc{x="\\"\\\\\\n"} 1\n',
    );
  });

  it('shows the engine and the disks, and leaves out a gauge whose reader fails', () => {
    const registry = createMetricsRegistry();
    registerEngineMetrics(registry, [1, 2, 4], () => ({
      batches: 2,
      commands: 4,
      refusedCommands: 0,
      batchSizes: [1, 0, 1, 0],
      syncs: 2,
      replayedRecords: 7,
      logBytesWritten: 4096,
      walCheckpoints: 0,
    }));
    registry.gauge('broken', 'help', () => {
      throw new Error('no');
    });
    const disk = { name: 'a', tier: 'hot', space: { totalBytes: 100, freeBytes: 40 } };
    const absent = { name: 'b', tier: 'cold', space: undefined };
    registerStorageGauges(registry, () => ({ disks: [disk, absent], catalogueBytes: 5, logBytes: 6 }));
    const text = renderPrometheus([registry.snapshot()]);
    assert.match(text, /^stowage_engine_batch_commands_bucket\{le="4"\} 2$/m);
    assert.match(text, /^stowage_engine_batch_commands_sum 4$/m);
    assert.match(text, /^stowage_engine_replayed_records_total 7$/m);
    assert.match(text, /^stowage_disk_free_bytes\{disk="a",tier="hot"\} 40$/m);
    assert.match(text, /^stowage_disk_present\{disk="b",tier="cold"\} 0$/m);
    assert.ok(!text.includes('broken') && !/free_bytes\{disk="b"/.test(text));
  });
});
