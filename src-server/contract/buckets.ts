import * as z from 'zod';
import { bucketLockSchema } from './bucket-lock.ts';
import { PRESET_IDS } from './bucket-presets.ts';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export const bucketSchema = z.strictObject({
  name: z.string(),
  createdAtMs: z.int(),
  versioning: z.enum(['off', 'enabled', 'suspended']),
  encryption: z.enum(['off', 'AES256']),
  objects: z.int().describe('current ones, delete markers left out'),
  sizeBytes: z.int().describe('of all versions and parts of open uploads'),
  mayWrite: z.boolean().describe('may this user change what is in it?'),
});
export type BucketSummary = z.infer<typeof bucketSchema>;

const BUCKET: BucketSummary = {
  name: 'office',
  createdAtMs: 1_789_000_000_000,
  versioning: 'enabled',
  encryption: 'off',
  objects: 1204,
  sizeBytes: 38_000_000_000,
  mayWrite: true,
};

export const createBucketSchema = z.strictObject({
  name: z.string().min(1).max(63),
  preset: z.enum(PRESET_IDS).optional().describe('what it is for; sets what is not given here'),
  versioning: z.boolean().optional().describe('keep what is overwritten or deleted; true unless the preset says no'),
  encryption: z.enum(['off', 'AES256']).optional().describe('of new objects; off unless the preset says more'),
  objectLock: bucketLockSchema
    .optional()
    .describe('turns Object Lock on, and versioning with it, for good; off unless the preset says more'),
});

export const getBuckets = {
  name: 'getBuckets',
  method: 'get',
  path: '/api/v1/buckets',
  tag: 'buckets',
  summary: 'Buckets that this user may read, by name',
  access: 'session',
  answers: {
    200: {
      description: 'Buckets',
      contentType: 'application/json',
      schema: z.strictObject({ buckets: z.array(bucketSchema) }),
      example: { buckets: [BUCKET] },
    },
  },
} as const satisfies Route;

export const postBucket = {
  name: 'postBucket',
  method: 'post',
  path: '/api/v1/buckets',
  tag: 'buckets',
  summary: 'Create a bucket',
  access: 'session',
  body: { schema: createBucketSchema, example: { name: 'office', preset: 'office' } },
  answers: {
    201: { description: 'Created', contentType: 'application/json', schema: bucketSchema, example: BUCKET },
    400: errorAnswer('The name is not one a bucket can have', 'InvalidBucketName'),
    403: errorAnswer('This user may not create buckets', 'AccessDenied'),
    409: errorAnswer('The name is taken', 'BucketAlreadyExists'),
  },
} as const satisfies Route;

export const deleteBucket = {
  name: 'deleteBucket',
  method: 'delete',
  path: '/api/v1/buckets/{bucket}',
  tag: 'buckets',
  summary: 'Delete an empty bucket',
  access: 'session',
  answers: {
    204: { description: 'Deleted', contentType: 'application/json' },
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
    409: errorAnswer('There is something in it, versions counted', 'BucketNotEmpty'),
  },
} as const satisfies Route;
