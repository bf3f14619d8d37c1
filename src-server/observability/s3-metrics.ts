import type { Counter, Histogram, MetricsRegistry } from './metrics.ts';

/** One answered request of the S3 port. */
export interface S3RequestFacts {
  /** AWS's name from the operation table, or `none` where no operation was found. Never text of the client. */
  readonly action: string;
  readonly status: number;
  /** Code of `domain/failure.ts`, where the answer is an error. */
  readonly errorCode: string | undefined;
  readonly durationMs: number;
  /** Body bytes as they came and went over the wire. */
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export interface S3Metrics {
  record(facts: S3RequestFacts): void;
}

const LATENCY_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const STATUS_CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'];

interface ActionMetrics {
  readonly byClass: readonly Counter[];
  readonly latency: Histogram;
  readonly bytesIn: Counter;
  readonly bytesOut: Counter;
}

/** Requests, latency, bytes and errors of the S3 port, by action. The recorder costs a map look-up and a few additions. */
export function createS3Metrics(registry: MetricsRegistry): S3Metrics {
  const requests = registry.counter('stowage_s3_requests_total', 'S3 requests answered', ['action', 'status']);
  const latency = registry.histogram(
    'stowage_s3_request_duration_seconds',
    'From the first byte of a request to the last of its answer',
    LATENCY_SECONDS,
    ['action'],
  );
  const bytesIn = registry.counter('stowage_s3_received_bytes_total', 'Body bytes received', ['action']);
  const bytesOut = registry.counter('stowage_s3_sent_bytes_total', 'Body bytes sent', ['action']);
  const errors = registry.counter('stowage_s3_errors_total', 'S3 error answers by code', ['code']);
  const actions = new Map<string, ActionMetrics>();
  const codes = new Map<string, Counter>();
  const actionMetrics = (action: string): ActionMetrics => ({
    byClass: STATUS_CLASSES.map((statusClass) => requests.with(action, statusClass)),
    latency: latency.with(action),
    bytesIn: bytesIn.with(action),
    bytesOut: bytesOut.with(action),
  });
  return {
    record(facts) {
      const metrics = actions.get(facts.action) ?? remember(actions, facts.action, actionMetrics(facts.action));
      metrics.byClass[Math.floor(facts.status / 100) - 1]?.add(1);
      metrics.latency.observe(facts.durationMs / 1000);
      if (facts.bytesIn > 0) metrics.bytesIn.add(facts.bytesIn);
      if (facts.bytesOut > 0) metrics.bytesOut.add(facts.bytesOut);
      if (facts.errorCode === undefined) return;
      (codes.get(facts.errorCode) ?? remember(codes, facts.errorCode, errors.with(facts.errorCode))).add(1);
    },
  };
}

function remember<T>(map: Map<string, T>, name: string, value: T): T {
  map.set(name, value);
  return value;
}
