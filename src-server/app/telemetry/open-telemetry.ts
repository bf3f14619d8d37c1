import { join } from 'node:path';
import type { FamilySnapshot } from '../../observability/metrics.ts';
import type { OwnedRequestFeed } from '../../observability/request-feed.ts';
import type { Appliance } from '../../services/appliance/appliance.ts';
import type { ServiceContext } from '../../services/context.ts';
import { DERIVED_FILE, openDerived } from './derived-client.ts';
import { startTelemetry } from './start-telemetry.ts';

export interface OpenTelemetryOptions {
  readonly context: ServiceContext;
  readonly cataloguePath: string;
  /** The engine's `SHARED_WORDS`. */
  readonly generation: SharedArrayBuffer;
  readonly requests: OwnedRequestFeed;
  /** The appliance without what telemetry adds to it. */
  readonly appliance: Omit<Appliance, 'now' | 'derived'>;
  metrics(): Promise<readonly (readonly FamilySnapshot[])[]>;
}

/** Starts what the server remembers of itself; `close` of the answer keeps what was measured last. */
export function openTelemetry(options: OpenTelemetryOptions): { appliance: Appliance; close(): Promise<void> } {
  const { context, cataloguePath, generation, requests, metrics } = options;
  const path = join(context.config.dataDir, DERIVED_FILE);
  const derived = openDerived({ path, cataloguePath, generation }, context.log);
  const known = {
    ...options.appliance,
    derived: {
      history: (topic, range, nowMs) => derived.call('history', { topic, range, nowMs }),
      days: (days, nowMs) => derived.call('days', { days, nowMs }),
      contacts: (limit) => derived.call('contacts', { limit }),
      totals: () => derived.call('totals', undefined),
      failure: derived.failure,
    },
  } satisfies Omit<Appliance, 'now'>;
  const telemetry = startTelemetry({ context, appliance: known, derived, requests, metrics });
  return {
    appliance: { ...known, now: telemetry.now },
    close: async () => {
      await telemetry.stop();
      await derived.close();
    },
  };
}
