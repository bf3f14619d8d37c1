import { HISTORY_LEVELS, single, windowOf } from '../../domain/roll-up.ts';
import { measureBetween, type Reading } from '../../observability/measure.ts';
import type { FamilySnapshot } from '../../observability/metrics.ts';
import type { OwnedRequestFeed } from '../../observability/request-feed.ts';
import type { Appliance, NowFacts } from '../../services/appliance/appliance.ts';
import { conditionOf } from '../../services/appliance/attention.ts';
import { capacityOf } from '../../services/appliance/capacity.ts';
import type { ServiceContext } from '../../services/context.ts';
import type { DerivedClient } from './derived-client.ts';

const EVERY_MS = 10_000;
/** A longer pause is a machine that slept or a process that hung: what it averages to would be a lie. */
const GAP_MS = 25_000;
/** The newest of a window of history counts; often, so that a new bucket is not without any for long. */
const BUCKETS_EVERY_MS = 60_000;

export interface TelemetrySources {
  readonly context: Pick<ServiceContext, 'events' | 'log' | 'now'>;
  readonly appliance: Omit<Appliance, 'now'>;
  readonly derived: DerivedClient;
  readonly requests: Pick<OwnedRequestFeed, 'takeContacts'>;
  metrics(): Promise<readonly (readonly FamilySnapshot[])[]>;
}

export interface Telemetry {
  now(): NowFacts | undefined;
  /** Waits for a round under way; takes one last look at who was there. */
  stop(): Promise<void>;
}

/** Measures the server every ten seconds: for its history, and for those who watch. */
export function startTelemetry(sources: TelemetrySources): Telemetry {
  const { context, derived, requests } = sources;
  let before: Reading | undefined;
  let newest: NowFacts | undefined;
  let bucketsWindow: number | undefined;
  let round: Promise<void> | undefined;
  let saidWhy = false;
  const measure = async (): Promise<void> => {
    const after = await readNow(sources);
    const elapsedMs = before === undefined ? 0 : after.atMs - before.atMs;
    const rates = before !== undefined && elapsedMs <= GAP_MS ? measureBetween(before, after) : undefined;
    before = after;
    const atMs = windowOf(context.now(), EVERY_MS);
    if (rates !== undefined) newest = { atMs: context.now(), values: rates };
    const values = { ...rates, rss: process.memoryUsage.rss(), ...(await storageValues(sources)) };
    await derived.call('add-sample', { atMs, values: mapValues(values) });
    await derived.call('add-contacts', await requests.takeContacts());
    const window = windowOf(atMs, BUCKETS_EVERY_MS);
    if (window === bucketsWindow) return;
    bucketsWindow = window;
    await derived.call('add-buckets', {
      atMs: windowOf(atMs, HISTORY_LEVELS[1].stepMs),
      values: mapValues(await bucketValues(sources)),
    });
  };
  const tick = async (): Promise<void> => {
    await measure().catch((error: unknown) => {
      if (!saidWhy) context.log.warn({ err: error }, 'the history has a gap');
      saidWhy = true;
    });
    await announce(sources, newest);
  };
  const timer = setInterval(() => {
    round ??= tick()
      .catch((error: unknown) => context.log.error({ err: error }, 'telemetry failed'))
      .finally(() => {
        round = undefined;
      });
  }, EVERY_MS);
  timer.unref();
  round = tick().finally(() => {
    round = undefined;
  });
  return {
    now: () => newest,
    stop: async () => {
      clearInterval(timer);
      await round;
      await derived.call('add-contacts', await requests.takeContacts()).catch(() => undefined);
    },
  };
}

async function readNow({ metrics }: TelemetrySources): Promise<Reading> {
  const families = (await metrics()).flat();
  const { user, system } = process.cpuUsage();
  return { atMs: performance.now(), families, cpuMs: (user + system) / 1000 };
}

/** Space of every disk, and what fills all of them. */
async function storageValues({ appliance }: TelemetrySources): Promise<Record<string, number>> {
  const totals = await appliance.derived.totals();
  const { all, disks } = capacityOf(appliance, totals);
  const values: Record<string, number> = {
    total: all.totalBytes,
    used: all.totalBytes - all.freeBytes,
    data: all.dataBytes,
    overhead: all.overheadBytes,
    free: all.freeBytes,
    objects: totals.usage.objects,
    stored: totals.usage.bytes,
  };
  for (const disk of disks) {
    const uuid = appliance.disks().find(({ id }) => id === disk.diskId)?.uuid;
    values[`disk.${uuid}.used`] = disk.totalBytes - disk.freeBytes;
    values[`disk.${uuid}.total`] = disk.totalBytes;
  }
  return values;
}

/** `bytes.<bucket>` and `objects.<bucket>` of the largest ones. */
async function bucketValues({ appliance }: TelemetrySources): Promise<Record<string, number>> {
  const { largestBuckets } = await appliance.derived.totals();
  return Object.fromEntries(
    largestBuckets.flatMap(({ name, bytes, objects }) => [
      [`bytes.${name}`, bytes],
      [`objects.${name}`, objects],
    ]),
  );
}

/** Tells who watches how the appliance is. It comes every ten seconds, so that silence means something too. */
async function announce({ context, appliance }: TelemetrySources, now: NowFacts | undefined): Promise<void> {
  const { status, attention } = await conditionOf({ ...appliance, now: () => now }, context.now());
  context.events.publish({ kind: 'status', status, attention: attention.length, atMs: context.now() }, 'everybody');
  if (now === undefined) return;
  const { in: bytesIn = 0, out: bytesOut = 0, requests = 0, p50 = null, p99 = null } = now.values;
  context.events.publish({ kind: 'now', atMs: now.atMs, bytesIn, bytesOut, requests, p50, p99 }, 'operators');
}

function mapValues(values: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, single(value)]));
}
