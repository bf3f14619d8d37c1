import type { SampleTopic } from '../../db/derived/sample-table.ts';
import { HISTORY_LEVELS, type HistoryRange, type Sample, type Stat } from '../../domain/roll-up.ts';
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
      points[Math.round((atMs - fromMs) / stepMs)] = statOf(values, name, stepMs);
    }
    return { name, points };
  });
  return { fromMs, stepMs, series };
}

/**
 * An error code is only kept where it was answered. Its rate is one of the whole step, so that rate times length is how many
 * there were.
 */
function statOf(values: Sample['values'], name: string, stepMs: number): Stat | undefined {
  const stat = values[name];
  if (!name.startsWith('error.') || values['requests'] === undefined) return stat;
  const parts = stepMs / HISTORY_LEVELS[0].stepMs;
  if (stat === undefined) return [0, 0, 0, parts];
  return [stat[3] < parts ? 0 : stat[0], (stat[1] * stat[3]) / parts, stat[2], parts];
}

function startingWith(names: ReadonlySet<string>, prefix: string): string[] {
  return [...names].filter((name) => name.startsWith(prefix)).sort();
}
