import * as z from 'zod';
import { RETENTION_MODES } from '../domain/lock.ts';
import { errorAnswer } from './error.ts';
import { versionQuerySchema } from './object-details.ts';
import type { Route } from './route.ts';

const MAX_BYTES = 16 * 1024;
const key = z.string().min(1).max(1024);
const versionId = z.string().max(64).optional().describe('the current one where absent');
const retentionSchema = z.strictObject({ mode: z.enum(RETENTION_MODES), untilMs: z.int().min(0) });

export const objectLockSchema = z.strictObject({
  retention: retentionSchema.nullable().describe('null: none; its time may be over'),
  legalHold: z.boolean(),
  state: z
    .enum(['free', 'held', 'retained', 'unreadable'])
    .describe('why it cannot be deleted for good now; unreadable: the lock is damaged, so it stays'),
});
export type ObjectLock = z.infer<typeof objectLockSchema>;

export const putRetentionSchema = z.strictObject({
  key,
  versionId,
  retention: retentionSchema.nullable().describe('null takes it away, where that is allowed'),
  bypassGovernance: z.boolean().default(false).describe('shorten or end GOVERNANCE, for who may'),
});
export const putLegalHoldSchema = z.strictObject({ key, versionId, isOn: z.boolean() });

const EXAMPLE: ObjectLock = {
  retention: { mode: 'COMPLIANCE', untilMs: 1_799_000_000_000 },
  legalHold: false,
  state: 'retained',
};
const ANSWER = { contentType: 'application/json', schema: objectLockSchema, example: EXAMPLE } as const;
const REFUSED = {
  400: errorAnswer('The bucket has no Object Lock, or the date is over', 'InvalidRequest'),
  403: errorAnswer('This user may not, or the lock may not be made weaker', 'AccessDenied'),
  404: errorAnswer('There is no such object', 'NoSuchKey'),
} as const;

export const getObjectLock = {
  name: 'getObjectLock',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/object/lock',
  tag: 'objects',
  summary: 'Until when a version is kept',
  access: 'session',
  query: { schema: versionQuerySchema, example: { key: '2026/INV-0231.pdf' } },
  answers: { 200: { description: 'Its lock', ...ANSWER }, ...REFUSED },
} as const satisfies Route;

export const putObjectRetention = {
  name: 'putObjectRetention',
  method: 'put',
  path: '/api/v1/buckets/{bucket}/object/retention',
  tag: 'objects',
  summary: 'Keep a version until a time; longer is always allowed, shorter only under GOVERNANCE',
  access: 'session',
  body: {
    schema: putRetentionSchema,
    example: { key: '2026/INV-0231.pdf', retention: { mode: 'GOVERNANCE', untilMs: 1_799_000_000_000 } },
    maxBytes: MAX_BYTES,
  },
  answers: { 200: { description: 'Its lock now', ...ANSWER }, ...REFUSED },
} as const satisfies Route;

export const putObjectLegalHold = {
  name: 'putObjectLegalHold',
  method: 'put',
  path: '/api/v1/buckets/{bucket}/object/legal-hold',
  tag: 'objects',
  summary: 'Keep a version until the hold is lifted',
  access: 'session',
  body: { schema: putLegalHoldSchema, example: { key: '2026/INV-0231.pdf', isOn: true }, maxBytes: MAX_BYTES },
  answers: { 200: { description: 'Its lock now', ...ANSWER }, ...REFUSED },
} as const satisfies Route;

export const lockClockSchema = z.strictObject({
  lockTimeMs: z.int().describe('the time by which locks end'),
  wallMs: z.int().describe('what the clock of this machine says'),
  hold: z
    .strictObject({ trustedMs: z.int(), wallMs: z.int(), while: z.enum(['running', 'stopped']) })
    .nullable()
    .describe('the jump of the clock for which no lock ends; null: locks end as they say'),
});
export type LockClock = z.infer<typeof lockClockSchema>;

const CLOCK_EXAMPLE: LockClock = { lockTimeMs: 1_789_000_000_000, wallMs: 1_789_000_000_120, hold: null };
const CLOCK_ANSWER = { contentType: 'application/json', schema: lockClockSchema, example: CLOCK_EXAMPLE } as const;

export const getLockClock = {
  name: 'getLockClock',
  method: 'get',
  path: '/api/v1/lock-clock',
  tag: 'system',
  summary: 'The time by which object locks end, and whether it is held',
  access: 'session',
  answers: {
    200: { description: 'The clock', ...CLOCK_ANSWER },
    403: errorAnswer('This user does not run the appliance', 'AccessDenied'),
  },
} as const satisfies Route;

export const postConfirmLockClock = {
  name: 'postConfirmLockClock',
  method: 'post',
  path: '/api/v1/lock-clock/confirm',
  tag: 'system',
  summary: 'Say that the clock of this machine is right after it jumped: locks end by it again',
  access: 'session',
  answers: {
    200: { description: 'The clock now', ...CLOCK_ANSWER },
    400: errorAnswer('Nothing is held', 'InvalidRequest'),
    403: errorAnswer('This user does not run the appliance', 'AccessDenied'),
  },
} as const satisfies Route;
