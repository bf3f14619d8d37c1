import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const keySchema = z.string().min(1).max(1024);
/** Base64 of the eight bytes, as S3 writes it. */
export const crc64Schema = z
  .string()
  .regex(/^[A-Za-z0-9+/]{11}=$/)
  .describe('CRC64NVME, base64');

/** When an upload may become its object: `absent` refuses to replace one. */
export const writeRuleSchema = z.enum(['absent', 'any']);
export type WriteRule = z.infer<typeof writeRuleSchema>;

/** What the file was before it came: kept in the object's metadata as `mtime`, in seconds, as rclone does. */
const sourceTimeSchema = z.coerce.number().int().min(0).max(8_640_000_000_000_000);

export const createUploadSchema = z.strictObject({
  key: keySchema,
  contentType: z.string().max(255).optional(),
  sourceModifiedAtMs: sourceTimeSchema.optional().describe('when the file was changed on its own disk'),
});

export const uploadKeySchema = z.strictObject({ key: keySchema });

export const putPartQuerySchema = z.strictObject({ key: keySchema, crc64nvme: crc64Schema });

export const listPartsSchema = z.strictObject({
  key: keySchema,
  after: z.coerce.number().int().min(0).max(10_000).default(0).describe('parts behind this number'),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

export const uploadPartSchema = z.strictObject({
  partNumber: z.int(),
  sizeBytes: z.int(),
  etag: z.string().describe('without quotes'),
  crc64nvme: z.string(),
});
export type UploadPart = z.infer<typeof uploadPartSchema>;

export const completeUploadSchema = z.strictObject({
  key: keySchema,
  parts: z
    .array(z.strictObject({ partNumber: z.int().min(1).max(10_000), etag: z.string().max(64) }))
    .min(1)
    .max(10_000),
  sizeBytes: z.int().min(0),
  crc64nvme: crc64Schema.optional().describe('of all bytes; refused where what is stored has another'),
  rule: writeRuleSchema.default('any'),
});

export const completedUploadSchema = z.strictObject({
  key: z.string(),
  etag: z.string().describe('without quotes'),
  crc64nvme: z.string().describe('of what is stored, made of the checksums of the parts'),
});

const PART: UploadPart = {
  partNumber: 1,
  sizeBytes: 8_388_608,
  etag: '9b2cf535f27731c974343645a3985328',
  crc64nvme: 'rosUhgp5mIg=',
};
const NO_UPLOAD = errorAnswer('There is no such open upload of this key', 'NoSuchUpload');
const MAX_COMPLETE_BYTES = 2 * 1024 * 1024;

export const postUpload = {
  name: 'postUpload',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/uploads',
  tag: 'transfers',
  summary: 'Begin to store an object in parts; what was sent is kept until it is completed or aborted',
  access: 'session',
  body: { schema: createUploadSchema, example: { key: '2026/site.mov', contentType: 'video/quicktime' } },
  answers: {
    201: {
      description: 'Begun',
      contentType: 'application/json',
      schema: z.strictObject({ uploadId: z.string() }),
      example: { uploadId: '0198f2c1…' },
    },
    403: errorAnswer('This user may not write here', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;

export const putUploadPart = {
  name: 'putUploadPart',
  method: 'put',
  path: '/api/v1/buckets/{bucket}/uploads/{uploadId}/parts/{partNumber}',
  tag: 'transfers',
  summary: 'Store one part, in place of the one that has its number; its checksum is compared before it counts',
  access: 'session',
  query: { schema: putPartQuerySchema, example: { key: '2026/site.mov', crc64nvme: 'rosUhgp5mIg=' } },
  upload: 'The bytes of the part: at least 5 MiB unless it is the last, at most 5 GiB',
  answers: {
    200: {
      description: 'Stored, and durable',
      contentType: 'application/json',
      schema: uploadPartSchema,
      example: PART,
    },
    400: errorAnswer('The bytes have another checksum', 'BadDigest'),
    404: NO_UPLOAD,
    507: errorAnswer('There is not enough space left', 'InsufficientStorage'),
  },
} as const satisfies Route;

export const getUploadParts = {
  name: 'getUploadParts',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/uploads/{uploadId}/parts',
  tag: 'transfers',
  summary: 'Parts of an open upload that are stored, by number',
  access: 'session',
  query: { schema: listPartsSchema, example: { key: '2026/site.mov', after: '0' } },
  answers: {
    200: {
      description: 'A page',
      contentType: 'application/json',
      schema: z.strictObject({
        parts: z.array(uploadPartSchema),
        nextAfter: z.int().nullable().describe('null on the last page'),
      }),
      example: { parts: [PART], nextAfter: null },
    },
    404: NO_UPLOAD,
  },
} as const satisfies Route;

export const postUploadCompletion = {
  name: 'postUploadCompletion',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/uploads/{uploadId}/completion',
  tag: 'transfers',
  summary: 'Make the object of the parts; the same again gets the same answer for a day',
  access: 'session',
  body: {
    schema: completeUploadSchema,
    example: {
      key: '2026/site.mov',
      parts: [{ partNumber: 1, etag: PART.etag }],
      sizeBytes: PART.sizeBytes,
      crc64nvme: PART.crc64nvme,
    },
    maxBytes: MAX_COMPLETE_BYTES,
  },
  answers: {
    200: {
      description: 'The object stands',
      contentType: 'application/json',
      schema: completedUploadSchema,
      example: { key: '2026/site.mov', etag: '9b2cf535f27731c974343645a3985328-1', crc64nvme: PART.crc64nvme },
    },
    400: errorAnswer('What is stored has another checksum or size', 'BadDigest'),
    404: NO_UPLOAD,
    412: errorAnswer('There is an object of this key', 'PreconditionFailed'),
  },
} as const satisfies Route;

export const deleteUpload = {
  name: 'deleteUpload',
  method: 'delete',
  path: '/api/v1/buckets/{bucket}/uploads/{uploadId}',
  tag: 'transfers',
  summary: 'End an upload without an object; its parts are released',
  access: 'session',
  query: { schema: uploadKeySchema, example: { key: '2026/site.mov' } },
  answers: { 204: { description: 'Ended', contentType: 'application/json' }, 404: NO_UPLOAD },
} as const satisfies Route;
