import * as z from 'zod';
import { FILE_KINDS } from '../domain/file-type.ts';
import { errorAnswer } from './error.ts';
import { folderEntrySchema } from './objects.ts';
import type { Route } from './route.ts';

export const fileKindSchema = z.enum(FILE_KINDS);
export type FileKind = z.infer<typeof fileKindSchema>;

const bytes = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const flag = z.literal('true').optional();

/** What is looked for behind a folder; none of them: the folder itself is shown. */
const conditions = {
  name: z.string().min(1).max(1024).optional().describe('stands somewhere in the key; case does not matter'),
  kind: fileKindSchema.optional().describe('by the ending of the key'),
  ending: z.string().min(1).max(8).optional().describe('`pdf`'),
  minBytes: bytes.optional(),
  maxBytes: bytes.optional(),
  fromMs: bytes.optional().describe('changed then or later'),
  untilMs: bytes.optional().describe('changed before then'),
  tag: z.string().min(1).max(400).optional().describe('`key` or `key=value`'),
};

/** How the rows are ordered, and which of them are wanted. */
const page = {
  sort: z.enum(['name', 'size', 'changed', 'type']).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  view: z.coerce.number().int().min(1).optional().describe('of a page before: rows keep their numbers in it'),
  fresh: flag.describe('nothing that was read before this request'),
  waitMs: z.coerce.number().int().min(0).max(20_000).default(400).describe('answer at the latest then'),
};

export const folderViewQuerySchema = z.strictObject({
  prefix: z.string().max(1024).default('').describe('`` or whole, ending with /'),
  deleted: flag.describe('also keys whose newest version is a delete marker'),
  locate: z.string().max(1024).optional().describe('begin near this name, in place of offset'),
  ...conditions,
  ...page,
});

export const searchQuerySchema = z.strictObject({ ...conditions, ...page });

export const folderRowSchema = z.discriminatedUnion('kind', [
  ...folderEntrySchema.options,
  z.strictObject({ kind: z.literal('gone').describe('deleted since the view was made'), key: z.string() }),
]);
export type FolderRow = z.infer<typeof folderRowSchema>;

const viewFacts = {
  view: z.int(),
  asOfMs: z.int().describe('when the view was begun'),
  total: z.int().describe('rows found so far; all of them where isComplete'),
  totalBytes: z.int().describe('of the files among them, where their sizes were read'),
  isComplete: z.boolean(),
  isCut: z.boolean().describe('there are more than a view holds'),
  offset: z.int(),
};

export const folderViewSchema = z.strictObject({ ...viewFacts, rows: z.array(folderRowSchema) });
export type FolderViewAnswer = z.infer<typeof folderViewSchema>;

export const searchAnswerSchema = z.strictObject({
  ...viewFacts,
  rows: z.array(z.strictObject({ bucket: z.string(), row: folderRowSchema })),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

const EXAMPLE_FACTS = {
  view: 7,
  asOfMs: 1_789_000_000_000,
  total: 1,
  totalBytes: 212_000,
  isComplete: true,
  isCut: false,
  offset: 0,
};
const EXAMPLE_ROW = {
  kind: 'file',
  key: '2026/INV-0231.pdf',
  sizeBytes: 212_000,
  modifiedAtMs: 1_789_000_000_000,
  etag: '9b2cf535f27731c974343645a3985328',
  storageClass: 'STANDARD',
};

export const getFolderView = {
  name: 'getFolderView',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/folder',
  tag: 'objects',
  summary: 'Rows of a folder by number, in any order, or of what is found behind it',
  access: 'session',
  query: { schema: folderViewQuerySchema, example: { prefix: '2026/', sort: 'size', order: 'desc', limit: '200' } },
  answers: {
    200: {
      description: 'Rows, and how many there are',
      contentType: 'application/json',
      schema: folderViewSchema,
      example: { ...EXAMPLE_FACTS, rows: [EXAMPLE_ROW] },
    },
    403: errorAnswer('This user may not read the bucket', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;

export const getSearch = {
  name: 'getSearch',
  method: 'get',
  path: '/api/v1/search',
  tag: 'objects',
  summary: 'What is found in all buckets that this user may read',
  access: 'session',
  query: { schema: searchQuerySchema, example: { name: 'invoice', kind: 'document' } },
  answers: {
    200: {
      description: 'Rows, and how many there are',
      contentType: 'application/json',
      schema: searchAnswerSchema,
      example: { ...EXAMPLE_FACTS, rows: [{ bucket: 'office', row: EXAMPLE_ROW }] },
    },
  },
} as const satisfies Route;
