import { getHealthLive } from '../../../contract/health.ts';
import type { Endpoint } from '../../endpoint.ts';

export const getHealthLiveEndpoint: Endpoint = {
  route: getHealthLive,
  handle: async (_context, { version }) => ({ status: 200, body: { status: 'ok', version } }),
};
