import assert from 'node:assert/strict';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type * as z from 'zod';
import {
  type createShareSchema,
  type Share,
  shareDetailsSchema,
  shareSchema,
} from '../../src-server/contract/shares.ts';
import type { ConsoleClient } from './console-client.ts';
import type { TestServer } from './test-server.ts';

const WEEK_MS = 7 * 86_400_000;

/** What tests do with links: make and change them as their maker, use them as somebody without an account. */
export interface ShareDriver {
  put(bucket: string, key: string, body: string | Buffer, contentType: string): Promise<unknown>;
  /** In the bucket `office`, for a week, by `maker`, unless said otherwise. */
  make(
    wishes: Partial<z.input<typeof createShareSchema>> & { items: string[] },
    client?: ConsoleClient,
  ): Promise<Share>;
  change(share: Share, body: unknown): Promise<Share>;
  details(share: Share, client?: ConsoleClient): Promise<z.infer<typeof shareDetailsSchema>>;
  /** Without cookies, following nothing. */
  get(path: string | null, init?: RequestInit): Promise<Response>;
  /** Asks for a download: a redirect to where the bytes are. */
  download(share: Share, path?: string, init?: RequestInit): Promise<Response>;
  /** Downloads. */
  bytesOf(share: Share, path?: string, init?: RequestInit): Promise<Response>;
}

export function driveShares(server: TestServer, maker: ConsoleClient): ShareDriver {
  const get: ShareDriver['get'] = (path, init = {}) =>
    fetch(`${server.consoleUrl}${path ?? ''}`, { redirect: 'manual', ...init });
  const download: ShareDriver['download'] = (share, path = '', init = {}) =>
    get(`${share.path}/download${path === '' ? '' : `?path=${encodeURIComponent(path)}`}`, init);
  return {
    get,
    download,
    put: (Bucket, Key, Body, ContentType) =>
      server.client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType })),
    make: async (wishes, client = maker) => {
      const body = { bucket: 'office', expiresAtMs: Date.now() + WEEK_MS, ...wishes };
      const response = await client.send('POST', '/api/v1/shares', body);
      const json: unknown = await response.json();
      assert.equal(response.status, 201, JSON.stringify(json));
      return shareSchema.parse(json);
    },
    change: async (share, body) =>
      shareSchema.parse(await (await maker.send('PATCH', `/api/v1/shares/${share.id}`, body)).json()),
    details: async (share, client = maker) =>
      shareDetailsSchema.parse(await (await client.send('GET', `/api/v1/shares/${share.id}`)).json()),
    bytesOf: async (share, path = '', init = {}) => {
      const started = await download(share, path);
      assert.equal(started.status, 303, await started.text());
      return get(started.headers.get('location'), init);
    },
  };
}
