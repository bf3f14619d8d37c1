import { getHistory, historyQuerySchema } from '../../../contract/overview.ts';
import type { Stat } from '../../../domain/roll-up.ts';
import { getHistory as readHistory } from '../../../services/appliance/get-history.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const getHistoryEndpoint = sessionEndpoint(getHistory, async (context, { session, query }, { appliance }) => {
  const { topic, range, series: names } = historyQuerySchema.parse(query);
  const asked = { topic, range, names: names.split(',') };
  const { fromMs, stepMs, series } = await readHistory(context, appliance, session.identity, asked);
  const shown = series.map(({ name, points }) => ({ name, points: points.map(presentPoint) }));
  return { status: 200, body: { fromMs, stepMs, series: shown } };
});

/** Least, mean, greatest, in no more digits than a chart shows. */
function presentPoint(stat: Stat | undefined): [number, number, number] | null {
  return stat === undefined ? null : [short(stat[0]), short(stat[1]), short(stat[2])];
}

function short(value: number): number {
  return Number(value.toPrecision(6));
}
