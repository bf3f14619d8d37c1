import * as z from 'zod';
import { SHARE_KINDS, SHARE_USE_KINDS } from '../domain/share.ts';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

const MAX_ITEMS = 1000;
const MAX_NOTE = 1000;
const MAX_LABEL = 100;
const MAX_BYTES = 5 * 1024 ** 4;
const MAX_FILES = 100_000;
/** 1,000 keys of 1,024 bytes, escaped. */
const MAX_CREATE_BYTES = 4 * 1024 * 1024;

const fileTypeSchema = z
  .string()
  .regex(/^[a-z0-9]{1,12}$/)
  .describe('ending of a name, lower-case, without a dot');

const termsShape = {
  expiresAtMs: z.int().positive().nullable().describe('null: never'),
  password: z.string().min(4).max(256).nullable().describe('null: none'),
  downloadLimit: z.int().min(1).max(1_000_000).nullable().describe('null: any number'),
  note: z.string().max(MAX_NOTE).describe('the recipient reads it'),
  label: z.string().max(MAX_LABEL).describe('for whom it is; only its maker and admins read it'),
  maxBytes: z.int().min(1).max(MAX_BYTES).nullable().describe('of an upload request, in all'),
  maxFiles: z.int().min(1).max(MAX_FILES).nullable().describe('of an upload request, in all'),
  fileTypes: z.array(fileTypeSchema).min(1).max(50).nullable().describe('of an upload request; null: any'),
};

export const createShareSchema = z.strictObject({
  bucket: z.string(),
  items: z
    .array(z.string().max(1024))
    .min(1)
    .max(MAX_ITEMS)
    .describe('keys, and folders with a / at the end; an upload request has the one folder it fills'),
  isUpload: z.boolean().default(false).describe('takes files instead of giving them'),
  ...termsShape,
  password: termsShape.password.default(null),
  downloadLimit: termsShape.downloadLimit.default(null),
  note: termsShape.note.default(''),
  label: termsShape.label.default(''),
  maxBytes: termsShape.maxBytes.default(null),
  maxFiles: termsShape.maxFiles.default(null),
  fileTypes: termsShape.fileTypes.default(null),
});

export const changeShareSchema = z.strictObject({ ...termsShape, isRevoked: z.boolean() }).partial();

export const shareSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(SHARE_KINDS),
  bucket: z.string(),
  items: z.array(z.string()).describe('the first ten'),
  itemCount: z.int(),
  maker: z.string().nullable().describe('null: that user is gone'),
  isOwn: z.boolean(),
  path: z.string().nullable().describe('address on this server; for its maker only'),
  state: z
    .enum(['active', 'revoked', 'expired', 'used-up', 'dead'])
    .describe('dead: what it leads to is gone, or its maker may no longer read it'),
  createdAtMs: z.int(),
  expiresAtMs: z.int().nullable(),
  revokedAtMs: z.int().nullable(),
  hasPassword: z.boolean(),
  downloadLimit: z.int().nullable(),
  downloads: z.int(),
  opens: z.int().describe('times it was opened'),
  note: z.string(),
  label: z.string(),
  maxBytes: z.int().nullable(),
  maxFiles: z.int().nullable(),
  fileTypes: z.array(z.string()).nullable(),
  receivedBytes: z.int(),
  receivedFiles: z.int(),
  lastUsedAtMs: z.int().nullable(),
  lastClient: z.string().nullable().describe('User-Agent, cut at 200 characters'),
});
export type Share = z.infer<typeof shareSchema>;

export const shareUseSchema = z.strictObject({
  kind: z.enum(SHARE_USE_KINDS).describe('refused: a wrong password'),
  atMs: z.int(),
  address: z.string(),
  client: z.string(),
  subject: z.string().describe('the file it was about, where it was one'),
});

export const listSharesSchema = z.strictObject({
  cursor: z.string().max(200).optional().describe('of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  bucket: z.string().max(63).optional().describe('with `item`: only the links that lead to it'),
  item: z
    .string()
    .max(1024)
    .optional()
    .describe('a key, or a folder with a / at the end (empty: the whole bucket); links to a folder around it count'),
});

export const sharePageSchema = z.strictObject({
  shares: z.array(shareSchema),
  nextCursor: z.string().nullable(),
});

export const shareDetailsSchema = z.strictObject({ share: shareSchema, uses: z.array(shareUseSchema) });

const EXAMPLE: Share = {
  id: '3f9c0a1b2c3d4e5f60',
  kind: 'file',
  bucket: 'office',
  items: ['2026/INV-0231.pdf'],
  itemCount: 1,
  maker: 'anna',
  isOwn: true,
  path: '/s/0123456789abcdefghijklmnopqrstuv',
  state: 'active',
  createdAtMs: 1_789_000_000_000,
  expiresAtMs: 1_789_604_800_000,
  revokedAtMs: null,
  hasPassword: true,
  downloadLimit: 10,
  downloads: 2,
  opens: 3,
  note: 'The invoice of March',
  label: 'Acme Oy',
  maxBytes: null,
  maxFiles: null,
  fileTypes: null,
  receivedBytes: 0,
  receivedFiles: 0,
  lastUsedAtMs: 1_789_000_360_000,
  lastClient: 'Mozilla/5.0 …',
};

const JSON_TYPE = 'application/json' as const;
const noSuchShare = errorAnswer('There is no such link, or it is not yours', 'NoSuchShare');

export const getShares = {
  name: 'getShares',
  method: 'get',
  path: '/api/v1/shares',
  tag: 'shares',
  summary: "Links, newest first: one's own, or everybody's for admins of the install",
  access: 'session',
  query: { schema: listSharesSchema, example: { limit: '100' } },
  answers: {
    200: {
      description: 'A page',
      contentType: JSON_TYPE,
      schema: sharePageSchema,
      example: { shares: [EXAMPLE], nextCursor: null },
    },
    400: errorAnswer('An item without a bucket, or a bucket without an item', 'InvalidRequest'),
  },
} as const satisfies Route;

export const postShare = {
  name: 'postShare',
  method: 'post',
  path: '/api/v1/shares',
  tag: 'shares',
  summary: 'Make a link, or an upload request',
  access: 'session',
  body: {
    schema: createShareSchema,
    example: { bucket: 'office', items: ['2026/INV-0231.pdf'], expiresAtMs: 1_789_604_800_000, downloadLimit: 10 },
    maxBytes: MAX_CREATE_BYTES,
  },
  answers: {
    201: { description: 'Made', contentType: JSON_TYPE, schema: shareSchema, example: EXAMPLE },
    403: errorAnswer('This user may not do what the link would do', 'AccessDenied'),
    404: errorAnswer('There is no such bucket or object', 'NoSuchKey'),
  },
} as const satisfies Route;

export const getShare = {
  name: 'getShare',
  method: 'get',
  path: '/api/v1/shares/{id}',
  tag: 'shares',
  summary: 'A link with its last uses',
  access: 'session',
  answers: {
    200: {
      description: 'The link; the last use first, at most 50',
      contentType: JSON_TYPE,
      schema: shareDetailsSchema,
      example: {
        share: EXAMPLE,
        uses: [
          {
            kind: 'downloaded',
            atMs: 1_789_000_360_000,
            address: '203.0.113.9',
            client: 'Mozilla/5.0 …',
            subject: 'INV-0231.pdf',
          },
        ],
      },
    },
    404: noSuchShare,
  },
} as const satisfies Route;

export const patchShare = {
  name: 'patchShare',
  method: 'patch',
  path: '/api/v1/shares/{id}',
  tag: 'shares',
  summary: 'Change the terms of a link, revoke it or take that back; what is not named stays',
  access: 'session',
  body: { schema: changeShareSchema, example: { isRevoked: true } },
  answers: {
    200: { description: 'As it is now', contentType: JSON_TYPE, schema: shareSchema, example: EXAMPLE },
    404: noSuchShare,
  },
} as const satisfies Route;

export const deleteShare = {
  name: 'deleteShare',
  method: 'delete',
  path: '/api/v1/shares/{id}',
  tag: 'shares',
  summary: 'Remove a link for good, with what is noted of its use',
  access: 'session',
  answers: { 204: { description: 'It is gone', contentType: JSON_TYPE }, 404: noSuchShare },
} as const satisfies Route;

export const shareSettingsSchema = z.strictObject({
  installName: z.string().max(80).describe('who links are from; empty: Stowage'),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .nullable()
    .describe('what links begin with; null: the address that the console is used by'),
});

export const shareFactsSchema = z.strictObject({
  installName: z.string(),
  baseUrl: z.string().nullable(),
  isLoopbackOnly: z.boolean().describe('the console listens on this machine only: nobody else can open a link'),
  mayChange: z.boolean(),
});
export type ShareFacts = z.infer<typeof shareFactsSchema>;

const FACTS: ShareFacts = {
  installName: 'Acme Oy',
  baseUrl: 'https://files.example.com',
  isLoopbackOnly: false,
  mayChange: true,
};

export const getShareSettings = {
  name: 'getShareSettings',
  method: 'get',
  path: '/api/v1/share-settings',
  tag: 'shares',
  summary: 'How links look to people outside, and whether they can be opened there',
  access: 'session',
  answers: { 200: { description: 'Settings', contentType: JSON_TYPE, schema: shareFactsSchema, example: FACTS } },
} as const satisfies Route;

export const putShareSettings = {
  name: 'putShareSettings',
  method: 'put',
  path: '/api/v1/share-settings',
  tag: 'shares',
  summary: 'Change how links look to people outside; takes effect now',
  access: 'session',
  body: {
    schema: shareSettingsSchema,
    example: { installName: 'Acme Oy', baseUrl: 'https://files.example.com' },
  },
  answers: {
    200: { description: 'As they are now', contentType: JSON_TYPE, schema: shareFactsSchema, example: FACTS },
    403: errorAnswer('Only admins of the install may', 'AccessDenied'),
  },
} as const satisfies Route;
