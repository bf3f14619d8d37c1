import type { FamilySnapshot, SeriesSnapshot } from './metrics.ts';

/** Counters of all threads at one moment. */
export interface Reading {
  /** Of a clock that never jumps. */
  readonly atMs: number;
  readonly families: readonly FamilySnapshot[];
  /** CPU time of the process so far. */
  readonly cpuMs: number;
}

/** What kind of request an action is, as the charts sort them. */
export type RequestClass = 'put' | 'get' | 'list' | 'delete' | 'other';

const PUTS = /^(?:Put|Post|Copy|Upload|Create|Complete)/;
const GETS = /^(?:Get|Head|Select)/;

export function requestClass(action: string): RequestClass {
  if (action.startsWith('List')) return 'list';
  if (action.startsWith('Delete') || action.startsWith('Abort')) return 'delete';
  if (PUTS.test(action)) return 'put';
  return GETS.test(action) ? 'get' : 'other';
}

/**
 * What happened between two readings, a second: `in`, `out` (bytes), `requests`, `requests.<class>`, `errors`,
 * `error.<code>`, `cpu` (cores), and `p50`, `p99` in milliseconds where there was a request at all.
 */
export function measureBetween(before: Reading, after: Reading): Record<string, number> {
  const seconds = (after.atMs - before.atMs) / 1000;
  const rates: Record<string, number> = { in: 0, out: 0, requests: 0, errors: 0 };
  for (const name of ['put', 'get', 'list', 'delete', 'other'] satisfies RequestClass[]) rates[`requests.${name}`] = 0;
  const add = (name: string, count: number): void => {
    if (count > 0) rates[name] = (rates[name] ?? 0) + count / seconds;
  };
  const grown = (family: string): readonly SeriesSnapshot[] => difference(find(before, family), find(after, family));
  for (const { labels, values } of grown('stowage_s3_requests_total')) {
    add('requests', values[0] ?? 0);
    add(`requests.${requestClass(labels[0] ?? '')}`, values[0] ?? 0);
  }
  for (const { values } of grown('stowage_s3_received_bytes_total')) add('in', values[0] ?? 0);
  for (const { values } of grown('stowage_s3_sent_bytes_total')) add('out', values[0] ?? 0);
  for (const { labels, values } of grown('stowage_s3_errors_total')) {
    add('errors', values[0] ?? 0);
    add(`error.${labels[0] ?? ''}`, values[0] ?? 0);
  }
  return { ...rates, ...latencies(before, after), cpu: (after.cpuMs - before.cpuMs) / 1000 / seconds };
}

const LATENCY = 'stowage_s3_request_duration_seconds';

function latencies(before: Reading, after: Reading): Record<string, number> {
  const bounds = after.families.find(({ name }) => name === LATENCY)?.buckets ?? [];
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const { values } of difference(find(before, LATENCY), find(after, LATENCY))) {
    for (const index of counts.keys()) counts[index] = (counts[index] ?? 0) + (values[index] ?? 0);
  }
  const p50 = percentile(bounds, counts, 0.5);
  const p99 = percentile(bounds, counts, 0.99);
  return p50 === undefined || p99 === undefined ? {} : { p50: p50 * 1000, p99: p99 * 1000 };
}

/**
 * A percentile out of the counts of a histogram, straight within a bucket. Beyond the last bound it is that bound: more is
 * not known. Undefined where nothing was counted.
 */
export function percentile(bounds: readonly number[], counts: readonly number[], share: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let left = total * share;
  for (const [index, bound] of bounds.entries()) {
    const count = counts[index] ?? 0;
    if (left <= count && count > 0) {
      const lower = bounds[index - 1] ?? 0;
      return lower + (bound - lower) * (left / count);
    }
    left -= count;
  }
  return bounds.at(-1);
}

function find({ families }: Reading, name: string): readonly SeriesSnapshot[] {
  return families.filter((family) => family.name === name).flatMap((family) => family.series);
}

/** By labels, summed over threads. A counter that shrank began anew: a thread or the process restarted. */
function difference(before: readonly SeriesSnapshot[], after: readonly SeriesSnapshot[]): readonly SeriesSnapshot[] {
  const old = summed(before);
  return [...summed(after)].map(([key, { labels, values }]) => {
    const was = old.get(key)?.values ?? [];
    return { labels, values: values.map((value, index) => Math.max(0, value - (was[index] ?? 0))) };
  });
}

function summed(series: readonly SeriesSnapshot[]): Map<string, SeriesSnapshot> {
  const sums = new Map<string, SeriesSnapshot>();
  for (const { labels, values } of series) {
    const key = labels.join('\0');
    const known = sums.get(key);
    sums.set(key, { labels, values: known ? values.map((value, i) => value + (known.values[i] ?? 0)) : values });
  }
  return sums;
}
