import type { FamilySnapshot, SeriesSnapshot } from './metrics.ts';

/** The content type of the text exposition format, version 0.0.4. */
export const PROMETHEUS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Writes the snapshots of all threads in Prometheus' text format; series of one name and labels are added up. */
export function renderPrometheus(threads: readonly (readonly FamilySnapshot[])[]): string {
  return [...mergeFamilies(threads.flat()).values()].map(renderFamily).join('');
}

function mergeFamilies(families: readonly FamilySnapshot[]): Map<string, FamilySnapshot> {
  const merged = new Map<string, FamilySnapshot>();
  for (const family of families) {
    const known = merged.get(family.name);
    const series = known === undefined ? family.series : mergeSeries(known.series, family.series);
    merged.set(family.name, { ...family, series });
  }
  return merged;
}

function mergeSeries(left: readonly SeriesSnapshot[], right: readonly SeriesSnapshot[]): SeriesSnapshot[] {
  const merged = new Map(left.map((series) => [series.labels.join('\0'), series]));
  for (const series of right) {
    const known = merged.get(series.labels.join('\0'));
    const values =
      known === undefined ? series.values : series.values.map((value, i) => value + (known.values[i] ?? 0));
    merged.set(series.labels.join('\0'), { labels: series.labels, values });
  }
  return [...merged.values()];
}

function renderFamily(family: FamilySnapshot): string {
  const head = `# HELP ${family.name} ${escapeHelp(family.help)}\n# TYPE ${family.name} ${family.type}\n`;
  const render = family.type === 'histogram' ? renderHistogram : renderNumber;
  return head + family.series.map((series) => render(family, series)).join('');
}

function renderNumber(family: FamilySnapshot, series: SeriesSnapshot): string {
  return `${family.name}${labelText(family.labelNames, series.labels)} ${numberText(series.values[0] ?? 0)}\n`;
}

function renderHistogram(family: FamilySnapshot, series: SeriesSnapshot): string {
  const { name, buckets } = family;
  const names = [...family.labelNames, 'le'];
  let count = 0;
  const lines = [...buckets, Number.POSITIVE_INFINITY].map((bound, index) => {
    count += series.values[index] ?? 0;
    return `${name}_bucket${labelText(names, [...series.labels, numberText(bound)])} ${count}\n`;
  });
  const labels = labelText(family.labelNames, series.labels);
  return `${lines.join('')}${name}_sum${labels} ${numberText(series.values.at(-1) ?? 0)}\n${name}_count${labels} ${count}\n`;
}

function labelText(names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return '';
  return `{${names.map((name, index) => `${name}="${escapeLabel(values[index] ?? '')}"`).join(',')}}`;
}

function numberText(value: number): string {
  return value === Number.POSITIVE_INFINITY ? '+Inf' : String(value);
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}
