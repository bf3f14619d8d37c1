import { getHealthReady, type Readiness } from '../../../contract/health.ts';
import type { Endpoint, HealthFacts } from '../../endpoint.ts';

export const getHealthReadyEndpoint: Endpoint = {
  route: getHealthReady,
  handle: async (_context, facts) => {
    const body = readiness(await facts.health());
    return { status: body.status === 'unavailable' ? 503 : 200, body };
  },
};

/** Ready needs the catalogue and one writable disk (DESIGN §1); an answer of 503 always has a reason. */
export function readiness({ catalogueWorks, writableDisks, degraded }: HealthFacts): Readiness {
  const missing = [
    ...(catalogueWorks ? [] : ['the catalogue does not work']),
    ...(writableDisks > 0 ? [] : ['no disk can be written']),
  ];
  if (missing.length > 0) return { status: 'unavailable', degraded: [...degraded, ...missing] };
  return { status: degraded.length > 0 ? 'degraded' : 'ready', degraded: [...degraded] };
}
