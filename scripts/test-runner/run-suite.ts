import { globSync } from 'node:fs';
import { relative } from 'node:path';
import { type EventData, run } from 'node:test';
import { type Suite, TEST_TIMEOUT_MS } from './suites.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

type Stream = ReturnType<typeof run>;
type FailData = EventData.TestFail;

export interface SuiteOptions {
  readonly root: string;
  readonly seed: string;
  /** 1 in CI; larger sizes for soak runs. Multiplies the cap as well. */
  readonly scale: number;
  readonly concurrency: number | undefined;
  /** Only files whose path contains one of these; empty = all. */
  readonly only: readonly string[];
}

/** Runs one suite, prints a line per file and every failure, answers the counts. Never throws for a failing test. */
export async function runSuite(suite: Suite, options: SuiteOptions): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  const files = suite.folders
    .flatMap((folder) => globSync(`${folder}/**/*.test.ts`, { cwd: options.root }))
    .filter((file) => options.only.length === 0 || options.only.some((part) => file.includes(part)))
    .sort();
  if (files.length === 0) return counts;
  const capMs = suite.capSeconds * options.scale * 1000;
  const startedMs = Date.now();
  console.log(`\n== ${suite.name}: ${files.length} files, seed ${options.seed}, cap ${capMs / 1000} s`);
  const stream = run({
    cwd: options.root,
    files: files.map((file) => `${options.root}/${file}`),
    concurrency: options.concurrency ?? suite.concurrency,
    execArgv: [`--test-timeout=${TEST_TIMEOUT_MS * options.scale}`],
    signal: AbortSignal.timeout(capMs),
  });
  const unfinished = await report(stream, options.root, counts);
  const seconds = (Date.now() - startedMs) / 1000;
  if (seconds * 1000 >= capMs) {
    counts.failed += 1;
    console.log(`FAILED ${suite.name}: over its cap of ${capMs / 1000} s; not ended: ${unfinished.join(', ')}`);
  }
  console.log(`== ${suite.name}: ${describeCounts(counts)} in ${seconds.toFixed(1)} s`);
  return counts;
}

export function describeCounts(counts: Counts): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}

/** Answers the files that did not end. */
async function report(stream: Stream, root: string, counts: Counts): Promise<string[]> {
  const running = new Set<string>();
  stream.on('test:dequeue', ({ file }) => running.add(file ?? ''));
  const errorOutput = new Map<string, string[]>();
  stream.on('test:stdout', ({ message }) => process.stdout.write(message));
  stream.on('test:stderr', ({ file, message }) => {
    const lines = errorOutput.get(file ?? '') ?? [];
    errorOutput.set(file ?? '', [...lines.slice(-30), message]);
  });
  stream.on('test:fail', (data) => printFailure(data, root));
  stream.on('test:pass', (data) => {
    if (data.skip !== undefined && data.skip !== false)
      console.log(`skipped: ${data.name}${typeof data.skip === 'string' ? `: ${data.skip}` : ''}`);
  });
  stream.on('test:summary', (data) => {
    if (data.file === undefined) {
      addCounts(counts, data.counts);
      return;
    }
    running.delete(data.file);
    const verdict = data.success ? 'ok    ' : 'FAILED';
    const { passed, tests } = data.counts;
    console.log(`${verdict} ${relative(root, data.file)} (${passed} of ${tests}, ${Math.round(data.duration_ms)} ms)`);
    if (!data.success) console.log((errorOutput.get(data.file) ?? []).join('').split('\n').slice(-40).join('\n'));
  });
  // Draining the stream is what lets it end.
  for await (const _ of stream);
  return [...running].map((file) => relative(root, file));
}

function addCounts(total: Counts, counts: { passed: number; tests: number; skipped: number; todo: number }): void {
  total.passed += counts.passed;
  total.skipped += counts.skipped + counts.todo;
  // Cancelled ones count as failed.
  total.failed += counts.tests - counts.passed - counts.skipped - counts.todo;
}

function printFailure(data: FailData, root: string): void {
  const { error } = data.details;
  // A parent fails because a child did; the child was printed already.
  if ('failureType' in error && error.failureType === 'subtestsFailed') return;
  const where = data.file === undefined ? '' : `${relative(root, data.file)}:${data.line}`;
  console.log(`FAILED ${data.name} (${where})`);
  console.log(
    indent(error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error.cause ?? error)),
  );
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
