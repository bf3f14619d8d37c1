import { formatBytes, formatNumber } from '../../lib/format.ts';

export type Unit = 'bytes-per-second' | 'bytes' | 'milliseconds' | 'per-second' | 'cores';

/** A value of a chart with its unit. */
export function withUnit(value: number, unit: Unit, language: string): string {
  switch (unit) {
    case 'bytes-per-second':
      return `${formatBytes(value, language)}/s`;
    case 'bytes':
      return formatBytes(value, language);
    case 'milliseconds':
      return `${formatNumber(value, language)}\u00a0ms`;
    case 'cores':
      return formatNumber(value, language);
    case 'per-second':
      return `${formatNumber(value, language)}/s`;
  }
}
