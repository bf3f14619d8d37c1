import { listChangesSchema } from '../../../contract/bucket-changes.ts';
import { getSettingChanges } from '../../../contract/settings.ts';
import { listSettingChanges } from '../../../services/settings/list-setting-changes.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentChanges } from '../../present-change.ts';

export const getSettingChangesEndpoint = sessionEndpoint(getSettingChanges, async (context, { session, query }) => {
  const { cursor, limit } = listChangesSchema.parse(query);
  const page = { below: cursor ?? Number.MAX_SAFE_INTEGER, limit };
  return { status: 200, body: presentChanges(await listSettingChanges(context, session.identity, page)) };
});
