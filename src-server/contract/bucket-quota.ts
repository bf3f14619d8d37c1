import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const limit = z.int().min(0).nullable();

export const bucketQuotaSchema = z.strictObject({
  quotaBytes: limit.describe('of all versions, open parts and the bin; null: no limit'),
  quotaObjects: limit.describe('of current objects'),
  usedBytes: z.int(),
  usedObjects: z.int(),
  tenant: z
    .strictObject({ quotaBytes: limit, usedBytes: z.int() })
    .nullable()
    .describe('of all buckets of its tenant; null where that is not for this user to see'),
  mayChange: z.boolean(),
});
export type BucketQuota = z.infer<typeof bucketQuotaSchema>;

export const putBucketQuotaSchema = z
  .strictObject({ quotaBytes: limit.optional(), quotaObjects: limit.optional() })
  .describe('what is left out stays; null takes a limit away');

const QUOTA: BucketQuota = {
  quotaBytes: 500_000_000_000,
  quotaObjects: null,
  usedBytes: 38_000_000_000,
  usedObjects: 1204,
  tenant: { quotaBytes: 2_000_000_000_000, usedBytes: 410_000_000_000 },
  mayChange: true,
};
const ABSENT = errorAnswer('There is no such bucket', 'NoSuchBucket');

export const getBucketQuota = {
  name: 'getBucketQuota',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/quota',
  tag: 'buckets',
  summary: 'How much a bucket may hold, and holds',
  access: 'session',
  answers: {
    200: { description: 'Limits and use', contentType: 'application/json', schema: bucketQuotaSchema, example: QUOTA },
    403: errorAnswer('This user may not read the bucket', 'AccessDenied'),
    404: ABSENT,
  },
} as const satisfies Route;

export const putBucketQuota = {
  name: 'putBucketQuota',
  method: 'put',
  path: '/api/v1/buckets/{bucket}/quota',
  tag: 'buckets',
  summary: 'Limit what a bucket may hold; below what it holds it only stops growing',
  access: 'session',
  body: { schema: putBucketQuotaSchema, example: { quotaBytes: 500_000_000_000 } },
  answers: {
    200: { description: 'Set', contentType: 'application/json', schema: bucketQuotaSchema, example: QUOTA },
    403: errorAnswer('Only for admins of its account', 'AccessDenied'),
    404: ABSENT,
  },
} as const satisfies Route;
