import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

/** What stands in a folder: keys up to the next `/`, and the folders behind it. */
export const folderEntrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), prefix: z.string().describe('whole, ends with /') }),
  z.strictObject({
    kind: z.literal('file'),
    key: z.string(),
    sizeBytes: z.int(),
    modifiedAtMs: z.int(),
    etag: z.string().describe('without quotes'),
    storageClass: z.string(),
  }),
  z.strictObject({
    kind: z.literal('deleted').describe('the newest version is a delete marker; older ones can be had back'),
    key: z.string(),
    modifiedAtMs: z.int().describe('when it was deleted'),
  }),
]);
export type FolderEntry = z.infer<typeof folderEntrySchema>;

export const listFolderSchema = z.strictObject({
  prefix: z.string().max(1024).default(''),
  cursor: z.string().max(4096).optional().describe('of the page before'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

export const folderPageSchema = z.strictObject({
  entries: z.array(folderEntrySchema),
  nextCursor: z.string().nullable().describe('null on the last page'),
});

export const getObjects = {
  name: 'getObjects',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/objects',
  tag: 'objects',
  summary: 'One page of a folder, by name',
  access: 'session',
  query: { schema: listFolderSchema, example: { prefix: '2026/', limit: '200' } },
  answers: {
    200: {
      description: 'A page',
      contentType: 'application/json',
      schema: folderPageSchema,
      example: {
        entries: [
          { kind: 'folder', prefix: '2026/march/' },
          {
            kind: 'file',
            key: '2026/INV-0231.pdf',
            sizeBytes: 212_000,
            modifiedAtMs: 1_789_000_000_000,
            etag: '9b2cf535f27731c974343645a3985328',
            storageClass: 'STANDARD',
          },
        ],
        nextCursor: null,
      },
    },
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;
