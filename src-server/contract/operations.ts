import * as z from 'zod';
import { CONFLICT_RULES, OPERATION_KINDS, OPERATION_STATES } from '../domain/operation.ts';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const pathSchema = z.string().min(1).max(1024);
/** Of a folder also empty: the top of the bucket. */
const placeSchema = z.string().max(1024);
const conflictSchema = z.enum(CONFLICT_RULES).default('fail').describe('where the target has an object of that name');
/** A folder's `from` and `to` end with `/`. */
const placedSchema = z.strictObject({ kind: z.enum(['file', 'folder']), from: placeSchema, to: placeSchema });
const itemSchema = z.strictObject({ kind: z.enum(['file', 'folder']), from: placeSchema });
const binnedSchema = z.strictObject({ batch: z.string().regex(/^\d{1,16}$/), key: pathSchema });
const chosenSchema = z.union([z.literal('all'), z.array(binnedSchema).min(1).max(10_000)]);
const bucketField = z.string().min(1).max(63);

export const postOperationSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['copy', 'move']),
    bucket: bucketField,
    items: z.array(placedSchema).min(1).max(10_000),
    targetBucket: bucketField.optional().describe('the same one where absent'),
    conflict: conflictSchema,
  }),
  z.strictObject({ kind: z.literal('rename'), bucket: bucketField, item: placedSchema, conflict: conflictSchema }),
  z.strictObject({ kind: z.literal('delete'), bucket: bucketField, items: z.array(itemSchema).min(1).max(10_000) }),
  z.strictObject({
    kind: z.literal('restore'),
    bucket: bucketField,
    binned: chosenSchema,
    conflict: conflictSchema,
  }),
  z.strictObject({ kind: z.literal('purge'), bucket: bucketField, binned: chosenSchema }),
  z.strictObject({
    kind: z.literal('rewind'),
    bucket: bucketField,
    items: z.array(itemSchema).min(1).max(10_000),
    atMs: z.int().min(0).describe('the time that the keys go back to'),
    exact: z.boolean().default(false).describe('what did not exist then is deleted'),
  }),
]);
export type PostOperation = z.infer<typeof postOperationSchema>;

const problemSchema = z.strictObject({
  key: z.string().describe('empty where it is about the operation as a whole'),
  code: z.string().describe('of the S3 failure, or Changed, Exists, Gone'),
});

export const operationSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(OPERATION_KINDS),
  state: z.enum(OPERATION_STATES),
  user: z.string(),
  bucket: z.string(),
  items: z.int().describe('files and folders selected; 0 = the whole bin'),
  first: z.string().describe('name of the first one'),
  folder: z.string(),
  target: z.strictObject({ bucket: z.string(), folder: z.string(), name: z.string() }).nullable(),
  atMs: z.int().optional().describe('of a rewind: the time it goes back to'),
  totalObjects: z.int().nullable().describe('null until it was counted'),
  totalBytes: z.int().nullable(),
  doneObjects: z.int(),
  doneBytes: z.int(),
  skipped: z.int(),
  failed: z.int(),
  problems: z.array(problemSchema).describe('the first hundred of those that failed'),
  undo: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('possible'), untilMs: z.int() }),
    z.strictObject({
      kind: z.literal('impossible'),
      reason: z.enum(['open', 'undone', 'undoing', 'nothing', 'expired', 'emptied', 'kind']),
    }),
  ]),
  createdAtMs: z.int(),
  startedAtMs: z.int().nullable(),
  finishedAtMs: z.int().nullable(),
});
export type Operation = z.infer<typeof operationSchema>;

const OPERATION: Operation = {
  id: '28672',
  kind: 'move',
  state: 'done',
  user: 'anna',
  bucket: 'office',
  items: 2,
  first: 'INV-0231.pdf',
  folder: '2026/',
  target: { bucket: 'office', folder: '2026/paid/', name: 'INV-0231.pdf' },
  totalObjects: 2,
  totalBytes: 424_000,
  doneObjects: 2,
  doneBytes: 424_000,
  skipped: 0,
  failed: 0,
  problems: [],
  undo: { kind: 'possible', untilMs: 1_791_592_000_000 },
  createdAtMs: 1_789_000_000_000,
  startedAtMs: 1_789_000_000_001,
  finishedAtMs: 1_789_000_000_020,
};

export const listOperationsSchema = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,16}$/)
    .optional()
    .describe('id of the last one of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const noSuchOperation = errorAnswer('There is no such operation, or it is not yours', 'NoSuchOperation');

export const postOperation = {
  name: 'postOperation',
  method: 'post',
  path: '/api/v1/operations',
  tag: 'operations',
  summary: 'Copy, move, rename, delete, restore, rewind or give up a selection; a small one is done when this answers',
  access: 'session',
  body: {
    schema: postOperationSchema,
    example: {
      kind: 'move',
      bucket: 'office',
      items: [{ kind: 'file', from: '2026/INV-0231.pdf', to: '2026/paid/INV-0231.pdf' }],
      conflict: 'keep-both',
    },
    // 10,000 pairs of 1,024 bytes, escaped.
    maxBytes: 48 * 1024 * 1024,
  },
  answers: {
    201: {
      description: 'As far as it is',
      contentType: 'application/json',
      schema: operationSchema,
      example: OPERATION,
    },
    400: errorAnswer('A folder into itself, or nothing would change', 'InvalidRequest'),
    403: errorAnswer('This user may not do that there', 'AccessDenied'),
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;

export const getOperations = {
  name: 'getOperations',
  method: 'get',
  path: '/api/v1/operations',
  tag: 'operations',
  summary: 'Operations of this user, for admins of everybody, the newest first',
  access: 'session',
  query: { schema: listOperationsSchema, example: { limit: '50' } },
  answers: {
    200: {
      description: 'A page',
      contentType: 'application/json',
      schema: z.strictObject({ operations: z.array(operationSchema), nextBefore: z.string().nullable() }),
      example: { operations: [OPERATION], nextBefore: null },
    },
  },
} as const satisfies Route;

export const getOperation = {
  name: 'getOperation',
  method: 'get',
  path: '/api/v1/operations/{id}',
  tag: 'operations',
  summary: 'One operation',
  access: 'session',
  answers: {
    200: { description: 'The operation', contentType: 'application/json', schema: operationSchema, example: OPERATION },
    404: noSuchOperation,
  },
} as const satisfies Route;

export const postCancelOperation = {
  name: 'postCancelOperation',
  method: 'post',
  path: '/api/v1/operations/{id}/cancel',
  tag: 'operations',
  summary: 'Stop an operation where it stands; what is done can be undone',
  access: 'session',
  answers: {
    200: { description: 'As it ended', contentType: 'application/json', schema: operationSchema, example: OPERATION },
    404: noSuchOperation,
    409: errorAnswer('It has ended', 'OperationAborted'),
  },
} as const satisfies Route;

export const postUndoOperation = {
  name: 'postUndoOperation',
  method: 'post',
  path: '/api/v1/operations/{id}/undo',
  tag: 'operations',
  summary: 'Take an operation back; answers the operation that does it',
  access: 'session',
  answers: {
    201: {
      description: 'As far as it is',
      contentType: 'application/json',
      schema: operationSchema,
      example: { ...OPERATION, id: '32768', kind: 'undo', undo: { kind: 'impossible', reason: 'kind' } },
    },
    404: noSuchOperation,
    409: errorAnswer('It cannot be undone, or it is being undone', 'OperationAborted'),
  },
} as const satisfies Route;

export const binnedObjectSchema = z.strictObject({
  batch: z.string().describe('with the key, what names it'),
  key: z.string(),
  sizeBytes: z.int(),
  binnedAtMs: z.int(),
  binnedBy: z.string().nullable().describe('null where that user is gone'),
  goesAtMs: z.int().describe('it is given up then'),
});
export type BinnedObject = z.infer<typeof binnedObjectSchema>;

export const listBinSchema = z.strictObject({
  cursor: z.string().max(4096).optional().describe('of the page before'),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

export const getBin = {
  name: 'getBin',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/bin',
  tag: 'operations',
  summary: 'What was deleted in the console where no version keeps it, the last first; S3 does not see it',
  access: 'session',
  query: { schema: listBinSchema, example: { limit: '200' } },
  answers: {
    200: {
      description: 'A page',
      contentType: 'application/json',
      schema: z.strictObject({
        objects: z.array(binnedObjectSchema),
        nextCursor: z.string().nullable().describe('null on the last page'),
        totalObjects: z.int(),
        totalBytes: z.int(),
        keepDays: z.int(),
      }),
      example: {
        objects: [
          {
            batch: '24576',
            key: '2026/INV-0231.pdf',
            sizeBytes: 212_000,
            binnedAtMs: 1_789_000_000_000,
            binnedBy: 'anna',
            goesAtMs: 1_791_592_000_000,
          },
        ],
        nextCursor: null,
        totalObjects: 1,
        totalBytes: 212_000,
        keepDays: 30,
      },
    },
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;
