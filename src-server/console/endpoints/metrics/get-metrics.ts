import { getMetrics } from '../../../contract/metrics.ts';
import { PROMETHEUS_CONTENT_TYPE, renderPrometheus } from '../../../observability/prometheus-text.ts';
import type { Endpoint } from '../../endpoint.ts';

export const getMetricsEndpoint: Endpoint = {
  route: getMetrics,
  handle: async (_context, facts) => ({
    status: 200,
    body: renderPrometheus(await facts.metrics()),
    headers: { 'content-type': PROMETHEUS_CONTENT_TYPE },
  }),
};
