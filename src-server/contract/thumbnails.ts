import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

export const thumbnailQuerySchema = z.strictObject({
  key: z.string().min(1).max(1024),
  versionId: z.string().max(100).optional().describe('the current one without it'),
  v: z.string().max(200).optional().describe('anything that changes with the content, for the cache of a browser'),
});

export const getThumbnail = {
  name: 'getThumbnail',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/thumbnail',
  tag: 'objects',
  summary: 'A small picture (WebP, at most 320 px) of a JPEG, PNG, WebP, GIF, AVIF or TIFF',
  access: 'session',
  query: { schema: thumbnailQuerySchema, example: { key: '2026/site.jpg', v: '9b2cf535f27731c974343645a3985328' } },
  answers: {
    200: { description: 'The picture', contentType: '*/*' },
    304: { description: 'It is the one of If-None-Match', contentType: '*/*' },
    403: errorAnswer('This user may not read it', 'AccessDenied'),
    404: errorAnswer('There is no such object, no picture of it, or none now', 'NoThumbnail'),
  },
} as const satisfies Route;
