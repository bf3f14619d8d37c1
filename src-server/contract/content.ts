import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export const putObjectQuerySchema = z.strictObject({ key: z.string().min(1).max(1024) });

export const storedObjectSchema = z.strictObject({
  key: z.string(),
  sizeBytes: z.int(),
  etag: z.string().describe('without quotes'),
});
export type StoredObjectAnswer = z.infer<typeof storedObjectSchema>;

export const contentLinkSchema = z.strictObject({
  key: z.string().min(1).max(1024),
  versionId: z.string().max(64).optional().describe('the current one where absent'),
  download: z.boolean().default(false).describe('to be saved, never shown'),
});

export const putObject = {
  name: 'putObject',
  method: 'put',
  path: '/api/v1/buckets/{bucket}/object',
  tag: 'objects',
  summary: 'Store an object: the body is its bytes, content-type what they are',
  access: 'session',
  query: { schema: putObjectQuerySchema, example: { key: '2026/INV-0231.pdf' } },
  upload: 'The bytes, at most 5 GiB',
  answers: {
    201: {
      description: 'Stored, and durable',
      contentType: 'application/json',
      schema: storedObjectSchema,
      example: { key: '2026/INV-0231.pdf', sizeBytes: 212_000, etag: '9b2cf535f27731c974343645a3985328' },
    },
    403: errorAnswer('This user may not write here', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
    413: errorAnswer('It is larger than 5 GiB', 'EntityTooLarge'),
    507: errorAnswer('There is not enough space left', 'InsufficientStorage'),
  },
} as const satisfies Route;

export const postContentLink = {
  name: 'postContentLink',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/content-links',
  tag: 'objects',
  summary: 'Make an address from which the browser can load one object for five minutes',
  access: 'session',
  body: { schema: contentLinkSchema, example: { key: '2026/INV-0231.pdf', download: false } },
  answers: {
    201: {
      description: 'The address, on this server',
      contentType: 'application/json',
      schema: z.strictObject({ url: z.string(), expiresAtMs: z.int() }),
      example: { url: '/content/k3J9…', expiresAtMs: 1_789_000_300_000 },
    },
    403: errorAnswer('This user may not read it', 'AccessDenied'),
    404: errorAnswer('There is no such bucket or object', 'NoSuchKey'),
  },
} as const satisfies Route;

export const getContent = {
  name: 'getContent',
  method: 'get',
  path: '/content/{token}',
  tag: 'objects',
  summary: 'The bytes of an object by a one-object address, sandboxed; HEAD and ranges work',
  access: 'open',
  answers: {
    200: { description: 'All bytes', contentType: '*/*' },
    206: { description: 'The bytes of the range', contentType: '*/*' },
    404: errorAnswer('The address is too old, or never was one', 'NoSuchLink'),
    416: errorAnswer('There are no such bytes', 'InvalidRange'),
  },
} as const satisfies Route;
