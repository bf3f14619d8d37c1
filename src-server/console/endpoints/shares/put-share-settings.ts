import { putShareSettings, shareSettingsSchema } from '../../../contract/shares.ts';
import { Failure } from '../../../domain/failure.ts';
import { managesAllShares } from '../../../services/shares/list-shares.ts';
import { putShareSettings as storeSettings } from '../../../services/shares/share-settings.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentShareFacts } from '../../present-share.ts';

export const putShareSettingsEndpoint = sessionEndpoint(putShareSettings, async (context, { session, body }) => {
  if (!managesAllShares(session.identity)) throw new Failure('AccessDenied');
  const { installName, baseUrl } = shareSettingsSchema.parse(body);
  await storeSettings(context, { installName, baseUrl: baseUrl === null ? null : new URL(baseUrl).origin });
  return { status: 200, body: await presentShareFacts(context, session.identity) };
});
