import type { SampleTopic } from '../../db/derived/sample-table.ts';
import type { HistoryRange, Stat } from '../../domain/roll-up.ts';
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
    for (const { atMs, values } of samples) points[Math.round((atMs - fromMs) / stepMs)] = values[name];
    return { name, points };
  });
  return { fromMs, stepMs, series };
}

function startingWith(names: ReadonlySet<string>, prefix: string): string[] {
  return [...names].filter((name) => name.startsWith(prefix)).sort();
}
