import type { Measurement, Verdict } from '../cases/bench-case.ts';

const MIB = 1024 * 1024;

/** One line of the table for a measurement, and below it one for each target. */
export function formatMeasurement(measured: Measurement): string {
  const columns = [
    measured.name.padEnd(38),
    `${formatNumber(measured.value)} ${measured.unit}`.padStart(15),
    milliseconds(measured.p50Ms),
    milliseconds(measured.p99Ms),
    measured.server === undefined ? ''.padStart(9) : `${measured.server.cores.toFixed(2)}`.padStart(9),
    measured.server === undefined ? ''.padStart(9) : `${Math.round(measured.server.peakRssBytes / MIB)}`.padStart(9),
    measured.generatorCores === undefined ? ''.padStart(9) : measured.generatorCores.toFixed(2).padStart(9),
  ];
  const below = [
    ...(measured.verdicts ?? []).map(formatVerdict),
    ...(measured.notes ?? []),
    ...(measured.problemCount ? [`WRONG ANSWERS: ${measured.problemCount}`, ...(measured.problems ?? [])] : []),
  ];
  return [columns.join(' ').trimEnd(), ...below.map((line) => `    ${line}`)].join('\n');
}

/** The heading that `formatMeasurement` fits under. */
export function tableHeading(): string {
  const columns = ['p50 ms', 'p99 ms', 'srv cores', 'peak MiB', 'gen cores'].map((text) => text.padStart(9));
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
          .map(([key, part]) => `${key} ${formatNumber(Number(part))}`)
          .join(', ');
  return `host limit  ${name}: ${text}`;
}

function milliseconds(value: number | undefined): string {
  return (value === undefined ? '' : value.toFixed(2)).padStart(9);
}

function formatNumber(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 100 ? 0 : 2);
}
