import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';
import { crc64Schema, writeRuleSchema } from './uploads.ts';

/** Small files share a request, so that a folder of them costs the network and the disk a few turns, not one each. */
export const BATCH_MAX_FILES = 256;
/** Of all files together. */
export const BATCH_MAX_BYTES = 8 * 1024 * 1024;
/** Of the list that stands before the bytes. */
export const BATCH_MAX_MANIFEST_BYTES = 1024 * 1024;

export const PROBE_MAX_KEYS = 1000;
/** That many keys of 1,024 bytes, escaped. */
const MAX_PROBE_BYTES = 4 * 1024 * 1024;

const keySchema = z.string().min(1).max(1024);

/** The list of a batch: the bytes of these files follow it, one after another. */
export const batchManifestSchema = z.strictObject({
  files: z
    .array(
      z.strictObject({
        key: keySchema,
        sizeBytes: z.int().min(0).max(BATCH_MAX_BYTES),
        crc64nvme: crc64Schema,
        contentType: z.string().max(255).optional(),
        sourceModifiedAtMs: z.int().min(0).max(8_640_000_000_000_000).optional(),
        rule: writeRuleSchema.default('any'),
      }),
    )
    .min(1)
    .max(BATCH_MAX_FILES),
});
export type BatchManifest = z.infer<typeof batchManifestSchema>;

/** What became of a file of a batch. */
export const batchResultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('stored'), key: z.string(), etag: z.string(), crc64nvme: z.string() }),
  z.strictObject({ kind: z.literal('failed'), key: z.string(), code: z.string(), message: z.string() }),
]);
export type BatchResult = z.infer<typeof batchResultSchema>;

export const probeSchema = z.strictObject({ keys: z.array(keySchema).min(1).max(PROBE_MAX_KEYS) });

export const probedObjectSchema = z.strictObject({
  key: z.string(),
  sizeBytes: z.int(),
  modifiedAtMs: z.int(),
  sourceModifiedAtMs: z.int().nullable().describe('when the file it came from was changed, where that is known'),
  etag: z.string().describe('without quotes'),
  crc64nvme: z.string().nullable().describe('of all bytes; null where another checksum is kept'),
});
export type ProbedObject = z.infer<typeof probedObjectSchema>;

export const postObjectBatch = {
  name: 'postObjectBatch',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/objects/batch',
  tag: 'transfers',
  summary:
    'Store many small objects in one request: four bytes with the length of a JSON list (big-endian), the list, the bytes',
  access: 'session',
  upload:
    'The length, the list ({files: [{key, sizeBytes, crc64nvme, …}]}, at most 256) and their bytes, at most 8 MiB',
  answers: {
    200: {
      description: 'What became of each file, in the order of the list',
      contentType: 'application/json',
      schema: z.strictObject({ results: z.array(batchResultSchema) }),
      example: {
        results: [
          { kind: 'stored', key: 'a.txt', etag: '5d41402abc4b2a76b9719d911017c592', crc64nvme: 'rosUhgp5mIg=' },
          { kind: 'failed', key: 'b.txt', code: 'PreconditionFailed', message: 'there is an object of this key' },
        ],
      },
    },
    400: errorAnswer('The list and the bytes do not go together', 'InvalidRequest'),
    403: errorAnswer('This user may not write here', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
    413: errorAnswer('It is more than a batch may hold', 'EntityTooLarge'),
  },
} as const satisfies Route;

export const postObjectProbe = {
  name: 'postObjectProbe',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/objects/probe',
  tag: 'transfers',
  summary: 'Which of these keys have an object, and which one',
  access: 'session',
  body: { schema: probeSchema, example: { keys: ['a.txt', 'b.txt'] }, maxBytes: MAX_PROBE_BYTES },
  answers: {
    200: {
      description: 'Those that are there, in the order asked for',
      contentType: 'application/json',
      schema: z.strictObject({ found: z.array(probedObjectSchema) }),
      example: {
        found: [
          {
            key: 'a.txt',
            sizeBytes: 5,
            modifiedAtMs: 1_789_000_000_000,
            sourceModifiedAtMs: 1_788_000_000_000,
            etag: '5d41402abc4b2a76b9719d911017c592',
            crc64nvme: 'rosUhgp5mIg=',
          },
        ],
      },
    },
    403: errorAnswer('This user may not list this bucket', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;
