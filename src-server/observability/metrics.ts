/** One series of a family as it crosses threads: label values in the order of the family's label names. */
export interface SeriesSnapshot {
  readonly labels: readonly string[];
  /** Counter or gauge: one number. Histogram: count of each bucket (the last is +Inf, not cumulative), then the sum. */
  readonly values: readonly number[];
}

export interface FamilySnapshot {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labelNames: readonly string[];
  /** Upper bounds of a histogram, without +Inf. */
  readonly buckets: readonly number[];
  readonly series: readonly SeriesSnapshot[];
}

export interface Counter {
  add(amount: number): void;
}

export interface Histogram {
  observe(value: number): void;
}

/** A counter or histogram for each set of label values; keep what `with` answers where it is used often. */
export interface Labelled<T> {
  with(...labels: readonly string[]): T;
}

export interface GaugeReading {
  readonly labels: readonly string[];
  readonly value: number;
}

/**
 * The counters of one thread. Recording is an addition to a number; all text work happens when somebody reads. Families
 * of one name on several threads are added up by `renderPrometheus`.
 */
export interface MetricsRegistry {
  counter(name: string, help: string, labelNames?: readonly string[]): Labelled<Counter>;
  histogram(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames?: readonly string[],
  ): Labelled<Histogram>;
  /** Read at the time of the snapshot. A reader that throws leaves its family out. */
  gauge(name: string, help: string, read: () => readonly GaugeReading[], labelNames?: readonly string[]): void;
  /** A family that somebody else counts, of any type; read like a gauge. */
  source(family: Omit<FamilySnapshot, 'series'>, read: () => readonly SeriesSnapshot[]): void;
  snapshot(): FamilySnapshot[];
}

/** Series a family may have; any further set of labels is counted under `other`, so that no input can grow the list. */
const MAX_SERIES = 1000;
const OTHER = 'other';

interface Family extends Omit<FamilySnapshot, 'series'> {
  series(): readonly SeriesSnapshot[];
}

export function createMetricsRegistry(): MetricsRegistry {
  const families = new Map<string, Family>();
  const register = (family: Family): void => {
    if (families.has(family.name)) throw new Error(`metric ${family.name} exists`);
    families.set(family.name, family);
  };
  return {
    counter(name, help, labelNames = []) {
      const series = new SeriesMap(labelNames, () => new Float64Array(1));
      register({ name, help, type: 'counter', labelNames, buckets: [], series: () => series.read() });
      return { with: (...labels) => counterOn(series.get(labels)) };
    },
    histogram(name, help, buckets, labelNames = []) {
      const series = new SeriesMap(labelNames, () => new Float64Array(buckets.length + 2));
      register({ name, help, type: 'histogram', labelNames, buckets, series: () => series.read() });
      return { with: (...labels) => histogramOn(series.get(labels), buckets) };
    },
    gauge(name, help, read, labelNames = []) {
      const series = () => read().map(({ labels, value }) => ({ labels, values: [value] }));
      register({ name, help, type: 'gauge', labelNames, buckets: [], series });
    },
    source: (family, read) => register({ ...family, series: read }),
    snapshot: () => [...families.values()].flatMap(readFamily),
  };
}

class SeriesMap {
  readonly #labelNames: readonly string[];
  readonly #make: () => Float64Array;
  readonly #series = new Map<string, { labels: readonly string[]; values: Float64Array }>();

  constructor(labelNames: readonly string[], make: () => Float64Array) {
    this.#labelNames = labelNames;
    this.#make = make;
  }

  get(labels: readonly string[]): Float64Array {
    if (labels.length !== this.#labelNames.length) throw new Error('wrong number of labels');
    const known = this.#series.get(labels.join('\0'));
    if (known !== undefined) return known.values;
    const full = this.#series.size >= MAX_SERIES;
    const kept = full ? labels.map(() => OTHER) : labels;
    const there = full ? this.#series.get(kept.join('\0')) : undefined;
    if (there !== undefined) return there.values;
    const values = this.#make();
    this.#series.set(kept.join('\0'), { labels: kept, values });
    return values;
  }

  read(): SeriesSnapshot[] {
    return [...this.#series.values()].map(({ labels, values }) => ({ labels, values: [...values] }));
  }
}

function counterOn(values: Float64Array): Counter {
  return {
    add: (amount) => {
      values[0] = (values[0] ?? 0) + amount;
    },
  };
}

function histogramOn(values: Float64Array, buckets: readonly number[]): Histogram {
  const sum = buckets.length + 1;
  return {
    observe: (value) => {
      let bucket = 0;
      while (bucket < buckets.length && value > (buckets[bucket] ?? 0)) bucket += 1;
      values[bucket] = (values[bucket] ?? 0) + 1;
      values[sum] = (values[sum] ?? 0) + value;
    },
  };
}

function readFamily(family: Family): FamilySnapshot[] {
  try {
    const { name, help, type, labelNames, buckets } = family;
    return [{ name, help, type, labelNames, buckets, series: family.series() }];
  } catch {
    return [];
  }
}
