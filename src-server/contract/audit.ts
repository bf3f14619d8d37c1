import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export const auditEntrySchema = z.strictObject({
  id: z.int().describe('its number in its chain'),
  outcome: z.enum(['changed', 'denied']),
  atMs: z.int(),
  who: z.string().describe('as they were called then; of a false signature the key id that was claimed'),
  arn: z.string().nullable(),
  accessKeyId: z.string().nullable(),
  action: z.string().describe('as IAM spells it; stowage:… and console:… are ours'),
  resource: z.string(),
  port: z.string(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  code: z.string().nullable().describe('what a refused caller was told'),
  count: z.int().describe('of equal refused requests'),
  reason: z.string().nullable().describe('what decided: a role, or a statement of a policy'),
  details: z.record(z.string(), z.string()),
});
export type AuditEntryView = z.infer<typeof auditEntrySchema>;

const ENTRY: AuditEntryView = {
  id: 42,
  outcome: 'changed',
  atMs: 1_789_000_000_000,
  who: 'anna',
  arn: 'arn:aws:iam::123456789012:user/anna',
  accessKeyId: null,
  action: 's3:PutBucketVersioning',
  resource: 'arn:aws:s3:::office',
  port: 'console',
  address: '192.0.2.7',
  requestId: '6F1A0C2B9D3E4F50',
  code: null,
  count: 1,
  reason: 'role',
  details: { versioning: 'Enabled' },
};

export const auditQuerySchema = z.strictObject({
  outcome: z.enum(['changed', 'denied']).default('changed'),
  who: z.string().max(200).default(''),
  action: z.string().max(200).default(''),
  resource: z.string().max(1100).default(''),
  fromMs: z.coerce.number().int().nonnegative().optional(),
  untilMs: z.coerce.number().int().nonnegative().optional(),
  before: z.coerce.number().int().positive().optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

export const getAudit = {
  name: 'getAudit',
  method: 'get',
  path: '/api/v1/activity/audit',
  tag: 'activity',
  summary: 'The audit trail, newest first: changes, or refused requests',
  access: 'session',
  query: { schema: auditQuerySchema, example: { outcome: 'changed', who: 'anna', limit: '50' } },
  answers: {
    200: {
      description: 'Records that match, of the tenant of a tenant admin; `next` is null behind the last',
      contentType: 'application/json',
      schema: z.strictObject({ entries: z.array(auditEntrySchema), next: z.int().nullable() }),
      example: { entries: [ENTRY], next: 41 },
    },
    403: errorAnswer('This user is no admin', 'AccessDenied'),
  },
} as const satisfies Route;
