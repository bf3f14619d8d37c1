import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const key = z.string().min(1).max(1024);
const tagSchema = z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) });
const metadataSchema = z.strictObject({ name: z.string().min(1).max(256), value: z.string().max(2048) });

/** Headers that are stored with an object and sent with it again. */
const HEADERS = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'] as const;
const headersSchema = z.partialRecord(z.enum(HEADERS), z.string().max(1024));

export const objectQuerySchema = z.strictObject({ key });
export const versionQuerySchema = z.strictObject({
  key,
  version: z.string().max(64).optional().describe('the current one where absent'),
});

export const objectDetailsSchema = z.strictObject({
  key: z.string(),
  versionId: z.string().nullable().describe('null where the bucket never kept versions'),
  sizeBytes: z.int(),
  modifiedAtMs: z.int(),
  etag: z.string().describe('without quotes'),
  contentType: z.string(),
  headers: headersSchema,
  metadata: z.array(metadataSchema).describe('x-amz-meta-*, without the prefix'),
  tags: z.array(tagSchema),
  storageClass: z.string(),
  isEncrypted: z.boolean(),
  checksum: z
    .strictObject({ algorithm: z.string(), value: z.string().describe('Base64'), isComposite: z.boolean() })
    .nullable(),
  partCount: z.int().nullable().describe('of a multipart upload'),
});
export type ObjectDetails = z.infer<typeof objectDetailsSchema>;

export const putMetadataSchema = z.strictObject({
  contentType: z.string().min(1).max(256),
  headers: headersSchema,
  metadata: z.array(metadataSchema).max(100),
});

export const changeTagsSchema = z.strictObject({
  keys: z.array(key).min(1).max(1000),
  set: z.array(tagSchema).max(10).describe('added, or given this value'),
  remove: z.array(z.string().min(1).max(128)).max(100).describe('keys of tags'),
});

export const outcomeSchema = z.strictObject({
  changed: z.int(),
  failed: z.array(z.strictObject({ key: z.string(), code: z.string(), message: z.string() })),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** 1,000 keys of 1,024 bytes, escaped. */
export const MANY_KEYS_BYTES = 4 * 1024 * 1024;

const EXAMPLE: ObjectDetails = {
  key: '2026/INV-0231.pdf',
  versionId: 'p3Zk0cWq8yQ2r5T7uV9xY1aB3dE5fG7h',
  sizeBytes: 212_000,
  modifiedAtMs: 1_789_000_000_000,
  etag: '9b2cf535f27731c974343645a3985328',
  contentType: 'application/pdf',
  headers: { 'cache-control': 'no-cache' },
  metadata: [{ name: 'scanned-by', value: 'desk 2' }],
  tags: [{ key: 'case', value: '42' }],
  storageClass: 'STANDARD',
  isEncrypted: false,
  checksum: { algorithm: 'CRC64NVME', value: 'AQIDBAUGBwg=', isComposite: false },
  partCount: null,
};

export const getObjectDetails = {
  name: 'getObjectDetails',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/object',
  tag: 'objects',
  summary: 'Everything about one object but its bytes',
  access: 'session',
  query: { schema: versionQuerySchema, example: { key: '2026/INV-0231.pdf' } },
  answers: {
    200: { description: 'The object', contentType: 'application/json', schema: objectDetailsSchema, example: EXAMPLE },
    403: errorAnswer('This user may not read it', 'AccessDenied'),
    404: errorAnswer('There is no such object or version', 'NoSuchKey'),
  },
} as const satisfies Route;

export const putObjectMetadata = {
  name: 'putObjectMetadata',
  method: 'put',
  path: '/api/v1/buckets/{bucket}/object/metadata',
  tag: 'objects',
  summary: 'Replace type, headers and metadata: a copy onto itself, a new version where versions are kept',
  access: 'session',
  query: { schema: objectQuerySchema, example: { key: '2026/INV-0231.pdf' } },
  body: {
    schema: putMetadataSchema,
    example: { contentType: EXAMPLE.contentType, headers: EXAMPLE.headers, metadata: EXAMPLE.metadata },
  },
  answers: {
    200: {
      description: 'The object now',
      contentType: 'application/json',
      schema: objectDetailsSchema,
      example: EXAMPLE,
    },
    400: errorAnswer('A header or a name cannot be sent as one', 'InvalidArgument'),
    403: errorAnswer('This user may not write it', 'AccessDenied'),
    404: errorAnswer('There is no such object', 'NoSuchKey'),
  },
} as const satisfies Route;

export const postChangeTags = {
  name: 'postChangeTags',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/objects/tags',
  tag: 'objects',
  summary: 'Add, change and remove tags of many objects; their other tags stay',
  access: 'session',
  body: {
    schema: changeTagsSchema,
    example: { keys: ['2026/INV-0231.pdf'], set: [{ key: 'case', value: '42' }], remove: ['draft'] },
    maxBytes: MANY_KEYS_BYTES,
  },
  answers: {
    200: {
      description: 'How many were changed, and why others were not',
      contentType: 'application/json',
      schema: outcomeSchema,
      example: { changed: 1, failed: [] },
    },
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;
