import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export const getMetrics = {
  name: 'getMetrics',
  method: 'get',
  path: '/metrics',
  tag: 'system',
  summary: "Metrics in Prometheus' text format",
  access: 'loopback-or-token',
  answers: {
    200: { description: 'The metrics', contentType: 'text/plain' },
    401: errorAnswer('From another machine a bearer token is wanted', 'Unauthorized'),
  },
} as const satisfies Route;
