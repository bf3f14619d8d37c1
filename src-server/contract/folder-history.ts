import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const prefix = z.string().max(1024).default('').describe('empty, or whole with / at the end');
const atMs = z.coerce.number().int().min(0);

export const momentsQuerySchema = z.strictObject({ prefix });

export const folderMomentsSchema = z.strictObject({
  moments: z.array(
    z.strictObject({ atMs: z.int(), changes: z.int().describe('versions and delete markers that came then') }),
  ),
  isComplete: z.boolean().describe('false: the folder has more versions than were looked at'),
});
export type FolderMoments = z.infer<typeof folderMomentsSchema>;

export const asOfQuerySchema = z.strictObject({
  prefix,
  atMs,
  cursor: z.string().max(8192).optional().describe('of the page before'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

export const pastEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), prefix: z.string().describe('whole, ends with /') }),
  z.strictObject({
    kind: z.literal('file'),
    key: z.string(),
    versionId: z.string().describe('of the version that was current then'),
    isCurrent: z.boolean().describe('it still is'),
    sizeBytes: z.int(),
    modifiedAtMs: z.int(),
    etag: z.string().describe('without quotes'),
    storageClass: z.string(),
  }),
]);
export type PastEntry = z.infer<typeof pastEntrySchema>;

export const asOfPageSchema = z.strictObject({
  entries: z.array(pastEntrySchema).describe('by name; a page may be short, or empty, with more behind it'),
  nextCursor: z.string().nullable().describe('null on the last page'),
});

const itemSchema = z.strictObject({ kind: z.enum(['file', 'folder']), from: z.string().max(1024) });

export const rewindPreviewSchema = z.strictObject({
  items: z.array(itemSchema).min(1).max(10_000).describe('a folder ends with /; the empty one is the bucket'),
  atMs: z.int().min(0),
});

export const rewindPlanSchema = z.strictObject({
  back: z.int().describe('files that get back what they had'),
  backBytes: z.int(),
  same: z.int().describe('files that are as they were'),
  newer: z.int().describe('files that did not exist then: they stay, or with `exact` are deleted'),
  isComplete: z.boolean().describe('false: there was more to look at; the numbers are the least'),
});
export type RewindPlan = z.infer<typeof rewindPlanSchema>;

const answers = {
  403: errorAnswer('This user may not read versions here', 'AccessDenied'),
  404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
} as const;

export const getFolderMoments = {
  name: 'getFolderMoments',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/moments',
  tag: 'objects',
  summary: 'When something changed in a folder and below it, oldest first; what lies close together is one moment',
  access: 'session',
  query: { schema: momentsQuerySchema, example: { prefix: '2026/' } },
  answers: {
    200: {
      description: 'At most 200 moments',
      contentType: 'application/json',
      schema: folderMomentsSchema,
      example: { moments: [{ atMs: 1_789_000_000_000, changes: 3 }], isComplete: true },
    },
    ...answers,
  },
} as const satisfies Route;

export const getFolderAsOf = {
  name: 'getFolderAsOf',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/as-of',
  tag: 'objects',
  summary: 'One page of a folder as it was at a time, by name, of the versions that are kept',
  access: 'session',
  query: { schema: asOfQuerySchema, example: { prefix: '2026/', atMs: '1789000000000', limit: '200' } },
  answers: {
    200: {
      description: 'A page',
      contentType: 'application/json',
      schema: asOfPageSchema,
      example: {
        entries: [
          { kind: 'folder', prefix: '2026/march/' },
          {
            kind: 'file',
            key: '2026/INV-0231.pdf',
            versionId: 'p3Zk0cWq8yQ2r5T7uV9xY1aB3dE5fG7h',
            isCurrent: false,
            sizeBytes: 212_000,
            modifiedAtMs: 1_788_000_000_000,
            etag: '9b2cf535f27731c974343645a3985328',
            storageClass: 'STANDARD',
          },
        ],
        nextCursor: null,
      },
    },
    ...answers,
  },
} as const satisfies Route;

export const postRewindPreview = {
  name: 'postRewindPreview',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/rewind-preview',
  tag: 'operations',
  summary: 'What a rewind of a selection would do, counted without doing it',
  access: 'session',
  body: {
    schema: rewindPreviewSchema,
    example: { items: [{ kind: 'folder', from: '2026/' }], atMs: 1_789_000_000_000 },
    // 10,000 keys of 1,024 bytes, escaped.
    maxBytes: 24 * 1024 * 1024,
  },
  answers: {
    200: {
      description: 'The counts',
      contentType: 'application/json',
      schema: rewindPlanSchema,
      example: { back: 40, backBytes: 9_200_000, same: 212, newer: 3, isComplete: true },
    },
    400: errorAnswer('A folder ends with a slash', 'InvalidRequest'),
    ...answers,
  },
} as const satisfies Route;
