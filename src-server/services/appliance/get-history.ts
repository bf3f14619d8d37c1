import type { SampleTopic } from '../../db/derived/sample-table.ts';
import type { HistoryRange, Sample, Stat } from '../../domain/roll-up.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import type { Appliance } from './appliance.ts';

/** One line of a chart: a stat for each step, undefined where nothing was measured. */
export interface HistorySeries {
  readonly name: string;
  readonly points: readonly (Stat | undefined)[];
}

export interface History {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly series: readonly HistorySeries[];
}

/**
 * What was measured over a range that ends now; at most 600 steps. A name ending in `.*` asks for all that begin so.
 *
 * Throws AccessDenied for who does not operate the appliance.
 */
export async function getHistory(
  context: ServiceContext,
  appliance: Appliance,
  identity: Identity,
  {
    topic,
    range,
    names,
  }: { readonly topic: SampleTopic; readonly range: HistoryRange; readonly names: readonly string[] },
): Promise<History> {
  await authorize(context, { identity, iamAction: 'stowage:ReadAppliance' });
  const { fromMs, untilMs, stepMs, samples } = await appliance.derived.history(topic, range, context.now());
  const steps = Math.round((untilMs - fromMs) / stepMs);
  const known = new Set(samples.flatMap(({ values }) => Object.keys(values)));
  const wanted = names.flatMap((name) => (name.endsWith('.*') ? startingWith(known, name.slice(0, -1)) : [name]));
  const series = [...new Set(wanted)].map((name): HistorySeries => {
    const points = new Array<Stat | undefined>(steps).fill(undefined);
    for (const { atMs, values } of samples) {
      points[Math.round((atMs - fromMs) / stepMs)] = statOf(values, name);
    }
    return { name, points };
  });
  return { fromMs, stepMs, series };
}

/**
 * An error code is only kept where it was answered. Its rate over a step is one of all the time that was measured in it, which
 * is as many values as there are of `requests`.
 */
function statOf(values: Sample['values'], name: string): Stat | undefined {
  const stat = values[name];
  const measured = values['requests']?.[3] ?? 0;
  if (!name.startsWith('error.') || measured === 0) return stat;
  if (stat === undefined) return [0, 0, 0, measured];
  return stat[3] < measured ? [0, (stat[1] * stat[3]) / measured, stat[2], measured] : stat;
}

function startingWith(names: ReadonlySet<string>, prefix: string): string[] {
  return [...names].filter((name) => name.startsWith(prefix)).sort();
}
