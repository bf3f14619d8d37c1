import { importConfigurationSchema, postConfigurationImport } from '../../../contract/configuration.ts';
import { importConfiguration } from '../../../services/configuration/import-configuration.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { withFileErrors } from '../../file-errors.ts';

export const postConfigurationImportEndpoint = sessionEndpoint(
  postConfigurationImport,
  async (context, { session, body, client, log }, { settings }) => {
    const { file, passphrase, mode } = importConfigurationSchema.parse(body);
    const { identity } = session;
    const isRehearsal = mode === 'rehearse';
    const request = { file: Buffer.from(file, 'base64'), passphrase, isRehearsal };
    const { madeAtMs, items } = await withFileErrors(() => importConfiguration(context, settings, identity, request));
    if (!isRehearsal) {
      log.warn({ by: identity.name, address: client.address, things: items.length }, 'a configuration was imported');
    }
    return { status: 200, body: { isApplied: !isRehearsal, madeAtMs, items } };
  },
);
