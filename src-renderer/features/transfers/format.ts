const STEPS: readonly (readonly ['day' | 'hour' | 'minute' | 'second', number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** `9 min`, `1 hr 20 min`: the two greatest units, so that it does not promise more than it knows. */
export function formatDuration(ms: number, language: string): string {
  const whole = Math.max(1000, ms);
  const index = STEPS.findIndex(([, length]) => whole >= length);
  const first = STEPS[index];
  if (first === undefined) return '';
  const [unit, length] = first;
  const next = unit === 'day' || unit === 'hour' ? STEPS[index + 1] : undefined;
  const format = (value: number, name: typeof unit) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (next === undefined) return format(Math.round(whole / length), unit);
  const count = Math.floor(whole / length);
  const rest = Math.floor((whole - count * length) / next[1]);
  return rest === 0 ? format(count, unit) : `${format(count, unit)} ${format(rest, next[0])}`;
}
