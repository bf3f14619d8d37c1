import * as z from 'zod';
import { errorAnswer } from './error.ts';
import { MANY_KEYS_BYTES, outcomeSchema } from './object-details.ts';
import type { Route } from './route.ts';

const key = z.string().min(1).max(1024);

export const objectVersionSchema = z.strictObject({
  versionId: z.string(),
  kind: z.enum(['version', 'marker']).describe('marker: the key was deleted then'),
  isCurrent: z.boolean(),
  modifiedAtMs: z.int(),
  sizeBytes: z.int(),
  etag: z.string(),
});
export type ObjectVersion = z.infer<typeof objectVersionSchema>;

export const versionsQuerySchema = z.strictObject({
  key,
  before: z.coerce.number().int().min(1).optional().describe('of the page before'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const versionsPageSchema = z.strictObject({
  versions: z.array(objectVersionSchema).describe('newest first'),
  next: z.int().nullable().describe('`before` of the next page'),
});

const itemSchema = z.strictObject({ key, versionId: z.string().max(64) });

export const restoreVersionsSchema = z.strictObject({
  items: z
    .array(z.strictObject({ key, versionId: z.string().max(64).optional() }))
    .min(1)
    .max(1000),
});

export const deleteVersionsSchema = z.strictObject({ items: z.array(itemSchema).min(1).max(1000) });

const EXAMPLE_ID = 'p3Zk0cWq8yQ2r5T7uV9xY1aB3dE5fG7h';

export const getObjectVersions = {
  name: 'getObjectVersions',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/object/versions',
  tag: 'objects',
  summary: 'Versions and delete markers of one key, newest first',
  access: 'session',
  query: { schema: versionsQuerySchema, example: { key: '2026/INV-0231.pdf', limit: '100' } },
  answers: {
    200: {
      description: 'A page',
      contentType: 'application/json',
      schema: versionsPageSchema,
      example: {
        versions: [
          {
            versionId: EXAMPLE_ID,
            kind: 'version',
            isCurrent: true,
            modifiedAtMs: 1_789_000_000_000,
            sizeBytes: 212_000,
            etag: '9b2cf535f27731c974343645a3985328',
          },
        ],
        next: null,
      },
    },
    403: errorAnswer('This user may not read the bucket', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;

const outcome = {
  description: 'How many were changed, and why others were not',
  contentType: 'application/json',
  schema: outcomeSchema,
  example: { changed: 1, failed: [] },
} as const;

export const postRestoreVersions = {
  name: 'postRestoreVersions',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/objects/restore',
  tag: 'objects',
  summary: 'Make an older version the current one, or without one named, bring a deleted object back; no bytes move',
  access: 'session',
  body: {
    schema: restoreVersionsSchema,
    example: { items: [{ key: '2026/INV-0231.pdf', versionId: EXAMPLE_ID }] },
    maxBytes: MANY_KEYS_BYTES,
  },
  answers: { 200: outcome, 404: errorAnswer('There is no such bucket', 'NoSuchBucket') },
} as const satisfies Route;

export const postDeleteVersions = {
  name: 'postDeleteVersions',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/objects/delete-versions',
  tag: 'objects',
  summary: 'Delete versions or delete markers for good; the other versions stay',
  access: 'session',
  body: {
    schema: deleteVersionsSchema,
    example: { items: [{ key: '2026/INV-0231.pdf', versionId: EXAMPLE_ID }] },
    maxBytes: MANY_KEYS_BYTES,
  },
  answers: { 200: outcome, 404: errorAnswer('There is no such bucket', 'NoSuchBucket') },
} as const satisfies Route;
