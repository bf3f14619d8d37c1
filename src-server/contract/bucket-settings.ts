import * as z from 'zod';
import { CORS_METHODS, OBJECT_OWNERSHIPS } from '../domain/bucket-settings.ts';
import {
  bucketAccessSchema,
  bucketQuotaSchema,
  limitSchema,
  policyTextSchema,
  publicAccessBlockSchema,
} from './bucket-access.ts';
import { bucketLockSchema } from './bucket-lock.ts';
import { bucketSchema } from './buckets.ts';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export { CORS_METHODS } from '../domain/bucket-settings.ts';

const MAX_RULES = 100;
const MAX_VALUES = 100;
const corsValue = z.string().min(1).max(1024);

export const corsRuleSchema = z.strictObject({
  id: z.string().max(255).optional(),
  allowedOrigins: z.array(corsValue).min(1).max(MAX_VALUES).describe('one * each at most'),
  allowedMethods: z.array(z.enum(CORS_METHODS)).min(1),
  allowedHeaders: z.array(corsValue).max(MAX_VALUES).default([]),
  exposeHeaders: z.array(corsValue).max(MAX_VALUES).default([]),
  maxAgeSeconds: z.int().min(0).max(2_147_483_647).optional(),
});
export type CorsRule = z.infer<typeof corsRuleSchema>;

export const bucketTagSchema = z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) });
export type BucketTag = z.infer<typeof bucketTagSchema>;

export const bucketDetailSchema = z.strictObject({
  ...bucketSchema.shape,
  ownerName: z.string().describe('user the bucket belongs to'),
  location: z.string().nullable().describe('LocationConstraint it was created with'),
  ownership: z.enum(OBJECT_OWNERSHIPS).nullable().describe('null: controls were deleted, ACLs count'),
  tags: z.array(bucketTagSchema),
  cors: z.array(corsRuleSchema),
  speaksSosapi: z.boolean().describe('it tells Veeam what it is and how much room there is (Smart Object Storage API)'),
  access: bucketAccessSchema.nullable().describe('null: this user may not read it'),
  quota: bucketQuotaSchema.nullable().describe('null: this user may not read it'),
  objectLock: bucketLockSchema.nullable().describe('null: no Object Lock'),
  mayChange: z.boolean().describe('may this user change settings and delete it?'),
});
export type BucketDetail = z.infer<typeof bucketDetailSchema>;

export const patchBucketSchema = z
  .strictObject({
    versioning: z.enum(['enabled', 'suspended']).optional(),
    encryption: z.enum(['off', 'AES256']).optional().describe('of objects stored from now on'),
    cors: z.array(corsRuleSchema).max(MAX_RULES).optional().describe('all rules; none removes them'),
    objectLock: bucketLockSchema
      .optional()
      .describe('turns Object Lock on, and versioning with it, for good; or sets its default'),
    tags: z.array(bucketTagSchema).max(50).optional().describe('all tags; none removes them'),
    speaksSosapi: z.boolean().optional(),
    ownership: z.enum(OBJECT_OWNERSHIPS).optional(),
    publicAccessBlock: publicAccessBlockSchema.optional(),
    policy: policyTextSchema.nullable().optional().describe('null removes it'),
    quotaBytes: limitSchema.optional().describe('null: no limit'),
    quotaObjects: limitSchema.optional().describe('null: no limit'),
  })
  .describe('settings to change; the others stay');

export const bucketUsageSchema = z.strictObject({
  currentObjects: z.int(),
  currentBytes: z.int(),
  olderVersions: z.int().describe('replaced or deleted, kept by versioning'),
  olderBytes: z.int(),
  deleteMarkers: z.int().describe('they have no bytes'),
  openUploads: z.int(),
  uploadBytes: z.int().describe('of the parts of open uploads'),
  binnedObjects: z.int().describe('deleted in the console, hidden from S3, to be had back'),
  binnedBytes: z.int(),
  totalBytes: z.int().describe('current + older + uploads + bin'),
  asOfMs: z.int(),
});
export type BucketUsage = z.infer<typeof bucketUsageSchema>;

const BUCKET_DETAIL: BucketDetail = {
  name: 'office',
  createdAtMs: 1_789_000_000_000,
  versioning: 'enabled',
  encryption: 'AES256',
  objects: 1204,
  sizeBytes: 38_000_000_000,
  mayWrite: true,
  ownerName: 'anna',
  location: null,
  ownership: 'BucketOwnerEnforced',
  tags: [{ key: 'team', value: 'office' }],
  cors: [
    {
      allowedOrigins: ['https://app.example.com'],
      allowedMethods: ['GET', 'PUT'],
      allowedHeaders: ['*'],
      exposeHeaders: ['ETag'],
      maxAgeSeconds: 3000,
    },
  ],
  speaksSosapi: false,
  access: {
    publicAccessBlock: {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    },
    policy: null,
    publicThrough: [],
  },
  quota: {
    quotaBytes: 2_000_000_000_000,
    quotaObjects: null,
    heldBytes: 38_000_000_000,
    heldObjects: 1204,
    tenant: null,
    mayChange: false,
  },
  objectLock: null,
  mayChange: true,
};

export const getBucket = {
  name: 'getBucket',
  method: 'get',
  path: '/api/v1/buckets/{bucket}',
  tag: 'buckets',
  summary: 'A bucket with all its settings',
  access: 'session',
  answers: {
    200: {
      description: 'The bucket',
      contentType: 'application/json',
      schema: bucketDetailSchema,
      example: BUCKET_DETAIL,
    },
    403: errorAnswer('This user may not read its settings', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;

export const patchBucket = {
  name: 'patchBucket',
  method: 'patch',
  path: '/api/v1/buckets/{bucket}',
  tag: 'buckets',
  summary: 'Change settings of a bucket, as S3 does; each change is noted in its history',
  access: 'session',
  body: { schema: patchBucketSchema, example: { versioning: 'enabled' }, maxBytes: 1024 * 1024 },
  answers: {
    200: {
      description: 'Changed',
      contentType: 'application/json',
      schema: bucketDetailSchema,
      example: BUCKET_DETAIL,
    },
    400: errorAnswer('A value is not allowed', 'InvalidRequest'),
    403: errorAnswer('This user may not change it, or the policy is one that is not taken', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
    409: errorAnswer('Object Lock keeps versioning on', 'InvalidBucketState'),
  },
} as const satisfies Route;

export const getBucketUsage = {
  name: 'getBucketUsage',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/usage',
  tag: 'buckets',
  summary: 'What the bytes of a bucket are; the parts add up to the total',
  access: 'session',
  answers: {
    200: {
      description: 'Added up',
      contentType: 'application/json',
      schema: bucketUsageSchema,
      example: {
        currentObjects: 1204,
        currentBytes: 30_000_000_000,
        olderVersions: 311,
        olderBytes: 7_000_000_000,
        deleteMarkers: 12,
        openUploads: 2,
        uploadBytes: 1_000_000_000,
        binnedObjects: 0,
        binnedBytes: 0,
        totalBytes: 38_000_000_000,
        asOfMs: 1_789_000_000_000,
      },
    },
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;
