import { getShareSettings } from '../../../contract/shares.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentShareFacts } from '../../present-share.ts';

export const getShareSettingsEndpoint = sessionEndpoint(getShareSettings, async (context, { session }) => ({
  status: 200,
  body: await presentShareFacts(context, session.identity),
}));
