import * as z from 'zod';
import type { Route } from './route.ts';

const livenessSchema = z.strictObject({ status: z.literal('ok'), version: z.string() });

const readinessSchema = z.strictObject({
  status: z.enum(['ready', 'degraded', 'unavailable']),
  /** What does not work as it should, for a person. Empty when ready. */
  degraded: z.array(z.string()),
});
export type Readiness = z.infer<typeof readinessSchema>;

export const getHealthLive = {
  name: 'getHealthLive',
  method: 'get',
  path: '/health/live',
  tag: 'system',
  summary: 'The process runs and answers',
  access: 'open',
  answers: {
    200: {
      description: 'It does',
      contentType: 'application/json',
      schema: livenessSchema,
      example: { status: 'ok', version: '0.1.0' },
    },
  },
} as const satisfies Route;

export const getHealthReady = {
  name: 'getHealthReady',
  method: 'get',
  path: '/health/ready',
  tag: 'system',
  summary: 'The catalogue and at least one writable disk work',
  access: 'open',
  answers: {
    200: {
      description: 'They do; `degraded` says what else does not',
      contentType: 'application/json',
      schema: readinessSchema,
      example: { status: 'degraded', degraded: ['disk archive is absent'] },
    },
    503: {
      description: 'They do not; `degraded` says why',
      contentType: 'application/json',
      schema: readinessSchema,
      example: { status: 'unavailable', degraded: ['the log of disk main is damaged; writes are refused'] },
    },
  },
} as const satisfies Route;
