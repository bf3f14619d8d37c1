import type { Measurement, Verdict } from '../cases/bench-case.ts';

const MIB = 1024 * 1024;
/** Kernel threads that write the server's own bytes to disk count as others too: less than this is quiet. */
const NOISY_CORES = 0.4;

/** One line of the table for a measurement, and below it one for each target. */
export function formatMeasurement(measured: Measurement): string {
  const columns = [
    measured.name.padEnd(38),
    `${formatNumber(measured.value)} ${measured.unit}`.padStart(15),
    milliseconds(measured.p50Ms),
    milliseconds(measured.p99Ms),
    cores(measured.server?.cores),
    measured.server === undefined ? ''.padStart(9) : `${Math.round(measured.server.peakRssBytes / MIB)}`.padStart(9),
    cores(measured.generatorCores),
    cores(measured.otherCores),
  ];
  const below = [
    ...(measured.verdicts ?? []).map(formatVerdict),
    ...(measured.notJudged === undefined ? [] : [`target not judged: ${measured.notJudged}`]),
    ...(measured.notes ?? []),
    ...(measured.problemCount ? [`WRONG ANSWERS: ${measured.problemCount}`, ...(measured.problems ?? [])] : []),
  ];
  return [columns.join(' ').trimEnd(), ...below.map((line) => `    ${line}`)].join('\n');
}

/** The heading that `formatMeasurement` fits under. */
export function tableHeading(): string {
  const columns = ['p50 ms', 'p99 ms', 'srv cores', 'peak MiB', 'gen cores', 'oth cores'].map((text) =>
    text.padStart(9),
  );
  return ['case'.padEnd(38), 'value'.padStart(15), ...columns].join(' ');
}

function formatVerdict(verdict: Verdict): string {
  const word = verdict.met ? 'met   ' : 'MISSED';
  const weight = verdict.kind === 'absolute' ? ' (reference host)' : '';
  return `${word} ${verdict.text}${weight}: ${formatNumber(verdict.measured)}, wanted ${formatNumber(verdict.wanted)}`;
}

/** A limit of the host as a line. */
export function formatLimit(name: string, value: unknown): string {
  const text =
    typeof value === 'number'
      ? formatNumber(value)
      : Object.entries(value ?? {})
          .filter(([, part]) => part !== undefined)
          .map(([key, part]) => `${key} ${formatNumber(Number(part))}`)
          .join(', ');
  return `host limit  ${name}: ${text}`;
}

/** How many targets were met, missed and left open, and how quiet the host was meanwhile. */
export function formatSummary(results: readonly Measurement[], limits: Readonly<Record<string, unknown>>): string {
  const verdicts = results.flatMap((measured) => measured.verdicts ?? []);
  const deciding = verdicts.filter((verdict) => verdict.kind === 'ratio');
  const count = (list: readonly Verdict[]): string => `${list.filter((each) => each.met).length} of ${list.length} met`;
  const open = results.filter((measured) => measured.notJudged !== undefined).length;
  return [
    `targets by ratio: ${count(deciding)}; absolute, for a quiet reference host: ${count(verdicts.filter((each) => each.kind === 'absolute'))}; not judged: ${open}`,
    quietness(results, limits),
  ].join('\n');
}

function quietness(results: readonly Measurement[], limits: Readonly<Record<string, unknown>>): string {
  const others = [...results, ...Object.values(limits)].map(othersOf).filter((each) => each !== undefined);
  const noisy = others.filter((each) => each > NOISY_CORES).length;
  if (others.length === 0) return 'how busy this host was with other things is not known';
  if (noisy === 0)
    return `other processes used less than ${NOISY_CORES} cores in all ${others.length} cases and limits watched`;
  return `NOT QUIET: other processes used more than ${NOISY_CORES} cores in ${noisy} of ${others.length} cases and limits; take no figure of this run for a result`;
}

function othersOf(measured: unknown): number | undefined {
  const has = typeof measured === 'object' && measured !== null && 'otherCores' in measured;
  return has && typeof measured.otherCores === 'number' ? measured.otherCores : undefined;
}

function cores(value: number | undefined): string {
  return (value === undefined ? '' : value.toFixed(2)).padStart(9);
}

function milliseconds(value: number | undefined): string {
  return (value === undefined ? '' : value.toFixed(2)).padStart(9);
}

function formatNumber(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 100 ? 0 : 2);
}
