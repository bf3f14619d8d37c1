import * as z from 'zod';
import type { Route } from '../../../../src-server/contract/route.ts';
import { call } from '../../../lib/api.ts';

const postContentLink = {
  name: 'postContentLink',
  method: 'post',
  path: '/api/v1/buckets/{bucket}/content-links',
  tag: 'objects',
  summary: 'A link to the content of one object',
  access: 'session',
  body: { schema: z.object({ key: z.string(), download: z.boolean() }), example: { key: 'a', download: true } },
  answers: {
    200: { description: 'The link', contentType: 'application/json', schema: z.object({ url: z.string() }) },
    201: { description: 'The link', contentType: 'application/json', schema: z.object({ url: z.string() }) },
  },
} as const satisfies Route;

/** Has the browser save the file, by a link of its own that needs no session. Throws `ApiError`. */
export async function download(bucket: string, key: string): Promise<void> {
  const { url } = await call(postContentLink, { params: { bucket }, body: { key, download: true } });
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
