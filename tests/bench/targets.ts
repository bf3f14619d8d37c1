import type { Verdict } from './cases/bench-case.ts';

/** At least `wanted` times a limit of this host, measured in the same run. */
export function atLeastRatio(text: string, value: number, limit: number, wanted: number): Verdict {
  const measured = value / limit;
  return { text, kind: 'ratio', measured, wanted, met: measured >= wanted };
}

/** At least an absolute figure, in the case's own unit. */
export function atLeast(text: string, value: number, wanted: number): Verdict {
  return { text, kind: 'absolute', measured: value, wanted, met: value >= wanted };
}

/** At most an absolute figure, in the case's own unit. */
export function atMost(text: string, value: number, wanted: number): Verdict {
  return { text, kind: 'absolute', measured: value, wanted, met: value <= wanted };
}

/** At most a figure that was itself derived from this host's limits: decides like a ratio. */
export function atMostDerived(text: string, value: number, wanted: number): Verdict {
  return { text, kind: 'ratio', measured: value, wanted, met: value <= wanted };
}
