import * as z from 'zod';
import { RETENTION_UNITS } from '../domain/bucket-lock.ts';
import { RETENTION_MODES } from '../domain/lock.ts';

/** How long a new object is kept where its writer says nothing. */
export const defaultRetentionSchema = z.strictObject({
  mode: z.enum(RETENTION_MODES).describe('COMPLIANCE: nobody shortens it, not even root'),
  unit: z.enum(RETENTION_UNITS),
  count: z.int().min(1).max(36_500).describe('at most 36,500 days or 100 years'),
});
export const bucketLockSchema = z.strictObject({
  defaultRetention: defaultRetentionSchema.nullable().describe('null: objects are kept as their writer says'),
});
export type BucketLockSettings = z.infer<typeof bucketLockSchema>;
export type DefaultRetention = z.infer<typeof defaultRetentionSchema>;
