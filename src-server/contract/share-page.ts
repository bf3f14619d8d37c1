import * as z from 'zod';
import type { Route, RouteAnswer } from './route.ts';

const page = (description: string): RouteAnswer => ({ description, contentType: 'text/html' });
const dead = page('There is no such link, or it can no longer be used: one answer for all');
const busy = page('Too many tries; Retry-After says when the next one counts');
const bytes = (description: string): RouteAnswer => ({ description, contentType: '*/*' });

// Addresses pass through mail and chat programs, which add parameters of their own: what is not known is left out.
const pathSchema = z.string().max(2048).catch('').describe('what of the link, relative to it');

export const sharePageQuerySchema = z.object({
  path: pathSchema,
  after: z.string().max(2048).optional().catch(undefined).describe('name to go on after'),
  receipt: z.string().max(64).optional().catch(undefined),
});
export const shareFileQuerySchema = z.object({ path: pathSchema });
export const shareUploadQuerySchema = z.object({
  name: z.string().min(1).max(1024),
  sender: z.string().max(200).default(''),
  receipt: z.string().max(64).optional().describe('of the files that went before'),
});

export const receivedFileSchema = z.strictObject({
  name: z.string().describe('as it was stored'),
  sizeBytes: z.int(),
  sha256: z.string().describe('in hex'),
});
export type ReceivedFile = z.infer<typeof receivedFileSchema>;

/** The recipient's side: pages for people without an account. Nothing here asks for a session. */
export const getSharePage = {
  name: 'getSharePage',
  method: 'get',
  path: '/s/{token}',
  tag: 'shares',
  summary: 'The page of a link: file, folder, upload form, or the question for its password',
  access: 'open',
  query: { schema: sharePageQuerySchema, example: { path: '2026/' } },
  answers: { 200: page('The page'), 404: dead, 429: busy },
} as const satisfies Route;

export const postSharePage = {
  name: 'postSharePage',
  method: 'post',
  path: '/s/{token}',
  tag: 'shares',
  summary: 'Answer the question for the password (a form: password)',
  access: 'open',
  upload: 'application/x-www-form-urlencoded',
  answers: {
    303: page('Right: a cookie opens the page'),
    403: page('Wrong'),
    404: dead,
    429: busy,
  },
} as const satisfies Route;

export const getShareDownload = {
  name: 'getShareDownload',
  method: 'get',
  path: '/s/{token}/download',
  tag: 'shares',
  summary:
    'Begin a download: counts it and leads to where the bytes are. HEAD counts nothing and answers as the bytes would',
  access: 'open',
  query: { schema: shareFileQuerySchema, example: { path: 'INV-0231.pdf' } },
  answers: { 303: page('Counted'), 404: dead, 429: busy },
} as const satisfies Route;

export const getShareTicket = {
  name: 'getShareTicket',
  method: 'get',
  path: '/s/{token}/d/{ticket}/{name}',
  tag: 'shares',
  summary: 'The bytes of a download that began; HEAD, ranges and resumes work for a day and count no further',
  access: 'open',
  answers: {
    200: bytes('All bytes'),
    206: bytes('The bytes of the range'),
    404: dead,
    416: page('There are no such bytes'),
  },
} as const satisfies Route;

export const getShareZip = {
  name: 'getShareZip',
  method: 'get',
  path: '/s/{token}/zip',
  tag: 'shares',
  summary: 'Begin a download of a folder as one ZIP file: counts it and leads to where the bytes are',
  access: 'open',
  query: { schema: shareFileQuerySchema, example: { path: '2026/' } },
  answers: { 303: page('Counted'), 404: dead, 429: busy },
} as const satisfies Route;

export const getShareView = {
  name: 'getShareView',
  method: 'get',
  path: '/s/{token}/view',
  tag: 'shares',
  summary: 'The bytes of a picture, video or sound for the page itself, sandboxed; not where downloads are limited',
  access: 'open',
  query: { schema: shareFileQuerySchema, example: { path: 'photo.jpg' } },
  answers: { 200: bytes('All bytes'), 206: bytes('The bytes of the range'), 404: dead },
} as const satisfies Route;

export const postShareFiles = {
  name: 'postShareFiles',
  method: 'post',
  path: '/s/{token}/files',
  tag: 'shares',
  summary: 'Send files to an upload request (a form: sender, files)',
  access: 'open',
  upload: 'multipart/form-data, sender before the files',
  answers: { 303: page('Taken: leads to the receipt'), 404: dead, 429: busy },
} as const satisfies Route;

export const putShareFile = {
  name: 'putShareFile',
  method: 'put',
  path: '/s/{token}/file',
  tag: 'shares',
  summary: 'Send one file to an upload request: the body is its bytes',
  access: 'open',
  query: { schema: shareUploadQuerySchema, example: { name: 'photo.jpg', sender: 'Acme Oy' } },
  upload: 'The bytes, at most 5 GiB; content-length is wanted',
  answers: {
    201: {
      description: 'Stored, and durable',
      contentType: 'application/json',
      schema: z.strictObject({ file: receivedFileSchema, receipt: z.string() }),
      example: {
        file: {
          name: 'photo.jpg',
          sizeBytes: 212_000,
          sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
        },
        receipt: 'Zk3…',
      },
    },
    404: dead,
    422: {
      description: 'Refused; the receipt says why too',
      contentType: 'application/json',
      schema: z.strictObject({ reason: z.enum(['no-room', 'wrong-type', 'failed']), receipt: z.string() }),
      example: { reason: 'no-room', receipt: 'Zk3…' },
    },
  },
} as const satisfies Route;
