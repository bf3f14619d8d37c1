import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

/** One change of a setting, as its history shows it. */
export const changeSchema = z.strictObject({
  id: z.int(),
  field: z
    .string()
    .describe('versioning, encryption, cors, tags, ownership, policy, publicAccessBlock, requestPayer, acl'),
  before: z.unknown().describe('null: nothing was set'),
  after: z.unknown().describe('null: nothing is set'),
  actorName: z.string().describe('who, by the name of then'),
  accessKeyId: z.string().nullable().describe('the key that signed it; null for the console'),
  atMs: z.int(),
  isLatest: z.boolean().describe('the setting still has this value: it can be undone'),
});
export type SettingChange = z.infer<typeof changeSchema>;

export const listChangesSchema = z.strictObject({
  cursor: z.coerce.number().int().positive().optional().describe('of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});

export const changePageSchema = z.strictObject({
  changes: z.array(changeSchema),
  nextCursor: z.string().nullable().describe('null on the last page'),
});

export const getBucketChanges = {
  name: 'getBucketChanges',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/changes',
  tag: 'buckets',
  summary: 'What was changed of the settings of a bucket, newest first',
  access: 'session',
  query: { schema: listChangesSchema, example: { limit: '20' } },
  answers: {
    200: {
      description: 'A page',
      contentType: 'application/json',
      schema: changePageSchema,
      example: {
        changes: [
          {
            id: 812,
            field: 'versioning',
            before: 'Off',
            after: 'Enabled',
            actorName: 'anna',
            accessKeyId: null,
            atMs: 1_789_000_000_000,
            isLatest: true,
          },
        ],
        nextCursor: null,
      },
    },
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;

export const postUndoBucketChange = {
  name: 'postUndoBucketChange',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/changes/{change}/undo',
  tag: 'buckets',
  summary: 'Give a setting the value it had before a change; versioning that was off becomes suspended',
  access: 'session',
  answers: {
    204: { description: 'Undone; the history notes that too', contentType: 'application/json' },
    403: errorAnswer('This user may not change it', 'AccessDenied'),
    404: errorAnswer('There is no such change', 'NoSuchChange'),
    409: errorAnswer('The setting was changed again since', 'ChangedSince'),
  },
} as const satisfies Route;
