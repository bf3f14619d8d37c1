import { getSettings } from '../../../contract/settings.ts';
import { listSettings } from '../../../services/settings/list-settings.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentSetting } from '../../present-setting.ts';

export const getSettingsEndpoint = sessionEndpoint(getSettings, async (context, { session }, { settings }) => {
  const facts = await listSettings(context, settings, session.identity);
  return { status: 200, body: { settings: facts.map(presentSetting) } };
});
