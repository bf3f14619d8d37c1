import { getSupportBundle } from '../../../contract/support-bundle.ts';
import { renderPrometheus } from '../../../observability/prometheus-text.ts';
import { buildSupportBundle } from '../../../services/support/build-support-bundle.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const getSupportBundleEndpoint = sessionEndpoint(
  getSupportBundle,
  async (context, { session, log }, { version, appliance, settings, health, metrics }) => {
    const sections = await buildSupportBundle(context, session.identity, {
      version,
      appliance,
      settings,
      health,
      metricsText: async () => renderPrometheus(await metrics()),
    });
    log.info({ by: session.identity.name }, 'a support bundle was put together');
    return { status: 200, body: { madeAtMs: context.now(), sections } };
  },
);
