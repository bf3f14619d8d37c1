import { ConfigError } from '../../../config/config-error.ts';
import { patchSettings, patchSettingsSchema } from '../../../contract/settings.ts';
import { changeSettings } from '../../../services/settings/change-settings.ts';
import { listSettings } from '../../../services/settings/list-settings.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { presentSetting } from '../../present-setting.ts';

export const patchSettingsEndpoint = sessionEndpoint(patchSettings, async (context, request, { settings }) => {
  const { identity } = request.session;
  const changes = new Map(Object.entries(patchSettingsSchema.parse(request.body).changes));
  try {
    await changeSettings(context, settings, identity, changes);
  } catch (error) {
    if (error instanceof ConfigError) throw new ConsoleError(400, 'InvalidSetting', error.what, error.where);
    throw error;
  }
  request.log.info({ by: identity.name, settings: [...changes.keys()] }, 'settings were changed');
  const facts = await listSettings(context, settings, identity);
  return { status: 200, body: { settings: facts.map(presentSetting) } };
});
