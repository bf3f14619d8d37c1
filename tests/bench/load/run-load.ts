import { Connection, type HttpRequest, type Target } from './connection.ts';
import { Latencies } from './latencies.ts';
import { type Answer, headerOf } from './response-reader.ts';

/** One request and what its answer must be. */
export interface LoadStep {
  readonly request: HttpRequest;
  readonly status: number;
  /** Body bytes moved, for MB/s. */
  readonly bytes: number;
  /** Hex, without quotes; compared where present. */
  readonly etag?: string;
  /** What is timed: the whole answer, or its first byte. */
  readonly until?: 'first-byte';
  /** Series the duration belongs to, where a plan mixes several. */
  readonly series?: string;
  /** Further checks; the text says what is wrong. */
  readonly check?: (answer: Answer) => string | undefined;
}

export interface LoadPlan {
  readonly target: Target;
  readonly connections: number;
  /** Infinity = until `next` has nothing more. */
  readonly seconds: number;
  readonly warmupSeconds: number;
  readonly readBufferBytes?: number;
  /** The next step for any connection, undefined = the work is done. */
  next(): LoadStep | undefined;
}

export interface LoadResult {
  /** Steps inside the measured window; one that crosses its edge counts by the share inside. */
  readonly operations: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly latencies: ReadonlyMap<string, Latencies>;
  /** Wrong answers: a few texts and how many there were. */
  readonly problems: readonly string[];
  readonly problemCount: number;
  /** CPU seconds this process used per second: at 1 the generator itself is the limit. */
  readonly generatorCores: number;
}

const MAX_PROBLEM_TEXTS = 5;
const MAX_PROBLEMS = 50;

/** Tells what is wrong with an answer, or undefined. */
export function judge(step: LoadStep, answer: Answer): string | undefined {
  if (answer.status !== step.status) {
    return `status ${answer.status} instead of ${step.status}: ${answer.body?.toString('utf8').slice(0, 300) ?? ''}`;
  }
  if (!answer.bodyMatches) return 'the body differs from what was stored';
  if (step.etag !== undefined) {
    const etag = headerOf(answer.head, 'etag')?.replaceAll('"', '');
    if (etag !== step.etag) return `ETag ${etag ?? 'missing'} instead of ${step.etag}`;
  }
  return step.check?.(answer);
}

/** Runs a plan over its connections and measures. Resolves when every request in flight is answered. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const cpuBefore = process.cpuUsage();
  const begun = performance.now();
  const run = new LoadRun(plan, begun);
  await Promise.all(Array.from({ length: plan.connections }, () => run.connection()));
  const elapsedMs = performance.now() - begun;
  const cpu = process.cpuUsage(cpuBefore);
  return { ...run.result(), generatorCores: (cpu.user + cpu.system) / 1000 / elapsedMs };
}

class LoadRun {
  readonly #plan: LoadPlan;
  readonly #from: number;
  readonly #until: number;
  readonly #latencies = new Map<string, Latencies>();
  readonly #problems: string[] = [];
  #problemCount = 0;
  #operations = 0;
  #bytes = 0;
  #lastEnd: number;

  constructor(plan: LoadPlan, begun: number) {
    this.#plan = plan;
    this.#from = begun + plan.warmupSeconds * 1000;
    this.#until = this.#from + plan.seconds * 1000;
    this.#lastEnd = begun;
  }

  async connection(): Promise<void> {
    const connection = new Connection(this.#plan.target, this.#plan.readBufferBytes);
    try {
      while (this.#problemCount < MAX_PROBLEMS) {
        const start = performance.now();
        if (start >= this.#until) return;
        const step = this.#plan.next();
        if (step === undefined) return;
        await this.#one(connection, step, start);
      }
    } finally {
      connection.close();
    }
  }

  async #one(connection: Connection, step: LoadStep, start: number): Promise<void> {
    try {
      const answer = await connection.request(step.request);
      const end = performance.now();
      const problem = judge(step, answer);
      if (problem === undefined) this.#count(step, start, end, answer.firstByteAt);
      else this.#complain(step, problem);
    } catch (error) {
      this.#complain(step, error instanceof Error ? error.message : String(error));
    }
  }

  #count(step: LoadStep, start: number, end: number, firstByteAt: number): void {
    this.#lastEnd = end;
    const inside = Math.min(end, this.#until) - Math.max(start, this.#from);
    if (inside <= 0) return;
    const share = inside / (end - start);
    this.#operations += share;
    this.#bytes += share * step.bytes;
    const series = step.series ?? '';
    let latencies = this.#latencies.get(series);
    if (latencies === undefined) {
      latencies = new Latencies();
      this.#latencies.set(series, latencies);
    }
    latencies.add((step.until === 'first-byte' ? firstByteAt : end) - start);
  }

  #complain(step: LoadStep, problem: string): void {
    this.#problemCount += 1;
    if (this.#problems.length >= MAX_PROBLEM_TEXTS) return;
    const requestLine = step.request.head.slice(0, step.request.head.indexOf('\r\n'));
    this.#problems.push(`${requestLine}: ${problem}`);
  }

  result(): Omit<LoadResult, 'generatorCores'> {
    const end = Math.min(this.#until, this.#lastEnd);
    return {
      operations: this.#operations,
      bytes: this.#bytes,
      seconds: Math.max(0, end - this.#from) / 1000,
      latencies: this.#latencies,
      problems: this.#problems,
      problemCount: this.#problemCount,
    };
  }
}
