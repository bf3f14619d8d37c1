import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const KEY = z.string().min(1).max(1024);

export const zipLinkSchema = z
  .strictObject({
    base: z
      .string()
      .max(1024)
      .default('')
      .describe('the folder that was looked at: keys and prefixes begin with it, names in the archive leave it out'),
    keys: z.array(KEY).max(10_000).default([]),
    prefixes: z
      .array(z.string().max(1024))
      .max(1000)
      .default([])
      .describe("folders with all that is in them; '' is the whole bucket"),
    atMs: z.int().min(0).optional().describe('the versions that were the newest then'),
    name: z.string().min(1).max(200).optional().describe('of the archive, without .zip'),
  })
  .refine(({ keys, prefixes }) => keys.length + prefixes.length > 0, 'nothing is chosen');

export const zipFactsSchema = z.strictObject({
  url: z.string(),
  fileName: z.string(),
  sizeBytes: z.int(),
  entries: z.int(),
  renamed: z.int().describe('objects whose names cannot be unpacked everywhere; the archive says which'),
  expiresAtMs: z.int(),
});

/** 10,000 keys of 1,024 bytes would be more; who has such keys chooses their folder. */
const MAX_SELECTION_BYTES = 4 * 1024 * 1024;

export const postZipLink = {
  name: 'postZipLink',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/zip-links',
  tag: 'objects',
  summary: 'Make an address that gives objects and folders as one ZIP file; the versions are those of this moment',
  access: 'session',
  body: {
    schema: zipLinkSchema,
    example: { base: '2026/', keys: ['2026/INV-0231.pdf'], prefixes: ['2026/march/'] },
    maxBytes: MAX_SELECTION_BYTES,
  },
  answers: {
    201: {
      description: 'The address, on this server; good for three days, and as long as the session',
      contentType: 'application/json',
      schema: zipFactsSchema,
      example: {
        url: '/content/zips/k3J9…',
        fileName: '2026.zip',
        sizeBytes: 1_204_000,
        entries: 12,
        renamed: 0,
        expiresAtMs: 1_789_000_300_000,
      },
    },
    403: errorAnswer('This user may not read all of it', 'AccessDenied'),
    404: errorAnswer('There is no such bucket, or nothing is chosen', 'NoSuchKey'),
    503: errorAnswer('Others are being made', 'SlowDown'),
  },
} as const satisfies Route;

export const getZip = {
  name: 'getZip',
  method: 'get',
  path: '/content/zips/{token}',
  tag: 'objects',
  summary: 'The ZIP file of an address: stored entries, ZIP64 where needed; HEAD, ranges and If-Range work',
  access: 'open',
  answers: {
    200: { description: 'All bytes', contentType: '*/*' },
    206: { description: 'The bytes of the range', contentType: '*/*' },
    404: errorAnswer('The address is too old, or never was one', 'NoSuchLink'),
    412: errorAnswer('An object of the archive was changed or deleted meanwhile', 'PreconditionFailed'),
    416: errorAnswer('There are no such bytes', 'InvalidRange'),
  },
} as const satisfies Route;
