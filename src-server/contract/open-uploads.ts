import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const olderThanHours = z.coerce.number().int().min(1).max(87_600);

export const staleUploadsQuerySchema = z.strictObject({ olderThanHours: olderThanHours.default(168) });
export const abortStaleUploadsSchema = z.strictObject({ olderThanHours: z.int().min(1).max(87_600) });

export const staleUploadsSchema = z.strictObject({
  count: z.int(),
  bytes: z.int().describe('of their parts'),
  oldestAtMs: z.int().nullable(),
  sample: z
    .array(z.strictObject({ key: z.string(), startedAtMs: z.int(), bytes: z.int() }))
    .describe('the first 20 by key'),
});
export type StaleUploads = z.infer<typeof staleUploadsSchema>;

export const getStaleUploads = {
  name: 'getStaleUploads',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/stale-uploads',
  tag: 'buckets',
  summary: 'Uploads begun long ago and never finished: what ending them would give back',
  access: 'session',
  query: { schema: staleUploadsQuerySchema, example: { olderThanHours: '168' } },
  answers: {
    200: {
      description: 'Nothing was changed',
      contentType: 'application/json',
      schema: staleUploadsSchema,
      example: {
        count: 37,
        bytes: 81_000_000_000,
        oldestAtMs: 1_789_000_000_000,
        sample: [{ key: 'film.mov', startedAtMs: 1_789_000_000_000, bytes: 41_000_000_000 }],
      },
    },
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;

export const postAbortStaleUploads = {
  name: 'postAbortStaleUploads',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/stale-uploads/abort',
  tag: 'buckets',
  summary: 'End uploads begun long ago and never finished; their parts are given back',
  access: 'session',
  body: { schema: abortStaleUploadsSchema, example: { olderThanHours: 168 } },
  answers: {
    200: {
      description: 'What was ended',
      contentType: 'application/json',
      schema: z.strictObject({ count: z.int(), bytes: z.int() }),
      example: { count: 37, bytes: 81_000_000_000 },
    },
    403: errorAnswer('This user may not end them', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;
