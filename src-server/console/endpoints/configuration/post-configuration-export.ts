import { exportConfigurationSchema, postConfigurationExport } from '../../../contract/configuration.ts';
import { exportConfiguration } from '../../../services/configuration/export-configuration.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { withFileErrors } from '../../file-errors.ts';
import { notProven } from '../../proof-errors.ts';

export const postConfigurationExportEndpoint = sessionEndpoint(
  postConfigurationExport,
  async (context, { session, body, client, log }) => {
    const { password, code, passphrase } = exportConfigurationSchema.parse(body);
    const { identity } = session;
    const outcome = await withFileErrors(() =>
      exportConfiguration(context, identity, { password, code, passphrase, address: client.address }),
    );
    if (outcome.kind === 'code-needed') {
      throw new ConsoleError(403, 'CodeNeeded', 'a code of the second factor is wanted, too');
    }
    if (outcome.kind !== 'sealed') throw notProven(outcome);
    log.warn({ by: identity.name, address: client.address }, 'the configuration was exported, with all secrets');
    const day = new Date(outcome.madeAtMs).toISOString().slice(0, 10);
    const fileName = `stowage-configuration-${day}.stowage`;
    return { status: 200, body: { fileName, file: outcome.file.toString('base64') } };
  },
);
