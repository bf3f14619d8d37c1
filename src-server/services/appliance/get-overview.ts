import { type DailyUse, type Forecast, forecastFull } from '../../domain/forecast.ts';
import type { Contact } from '../../observability/contacts.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import type { Appliance, NowFacts } from './appliance.ts';
import { type Condition, conditionOf } from './attention.ts';
import { type Capacity, capacityOf } from './capacity.ts';
import type { StorageTotals } from './storage-totals.ts';

/** Everything the first page says about the whole appliance. */
export interface Overview {
  readonly atMs: number;
  readonly condition: Condition;
  readonly capacity: Capacity;
  readonly totals: StorageTotals;
  readonly forecast: Forecast;
  readonly now: NowFacts | undefined;
  /** Last seen first. */
  readonly contacts: readonly Contact[];
}

const FORECAST_DAYS = 90;
const CONTACTS = 50;

/** Throws AccessDenied for who does not operate the appliance. */
export async function getOverview(
  context: ServiceContext,
  appliance: Appliance,
  identity: Identity,
): Promise<Overview> {
  await authorize(context, { identity, iamAction: 'stowage:ReadAppliance' });
  const atMs = context.now();
  const condition = await conditionOf(appliance, atMs);
  const totals = await appliance.derived.totals();
  const capacity = capacityOf(appliance, totals);
  const [days, contacts] = await Promise.all([dailyUse(appliance, atMs), appliance.derived.contacts(CONTACTS)]);
  const forecast = forecastFull(days, capacity.all.freeBytes, atMs);
  return { atMs, condition, capacity, totals, forecast, now: appliance.now(), contacts };
}

/** What was used on each day that is known: not free, whoever filled it. */
async function dailyUse(appliance: Appliance, atMs: number): Promise<DailyUse[]> {
  const days = await appliance.derived.days(FORECAST_DAYS, atMs);
  return days.flatMap((day) => {
    const used = day.values['used'];
    return used === undefined ? [] : [{ atMs: day.atMs, usedBytes: used[1] }];
  });
}
