import { getSetup } from '../../../contract/setup.ts';
import { isClaimed } from '../../../services/access/is-claimed.ts';
import type { Endpoint } from '../../endpoint.ts';

export const getSetupEndpoint: Endpoint = {
  route: getSetup,
  handle: async (context) => ({ status: 200, body: { isClaimed: await isClaimed(context) } }),
};
