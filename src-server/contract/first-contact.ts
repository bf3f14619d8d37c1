import * as z from 'zod';
import { errorAnswer } from './error.ts';
import type { Route } from './route.ts';

/** A request of a client that is being connected. */
export const contactRequestSchema = z.strictObject({
  atMs: z.int(),
  action: z.string().describe("AWS's name, or `none`"),
  status: z.int(),
  errorCode: z.string().nullable(),
  client: z.string().describe('program, by its User-Agent'),
  remote: z.string().nullable(),
  host: z.string().nullable().describe('Host header: how the client addresses the server'),
  bucket: z.string().nullable(),
  accessKeyId: z.string().nullable().describe('proven, or claimed where it was refused'),
  isKeyProven: z.boolean(),
});
export type ContactRequest = z.infer<typeof contactRequestSchema>;

export const contactQuerySchema = z.strictObject({ accessKeyId: z.string().max(128).optional() });

export const getContactEvents = {
  name: 'getContactEvents',
  method: 'get',
  path: '/api/v1/buckets/{bucket}/contact-events',
  tag: 'buckets',
  summary: "S3 requests of a bucket, or with one's own key, as they are answered: server-sent events",
  access: 'session',
  query: { schema: contactQuerySchema, example: { accessKeyId: 'STOWEXAMPLE234567ABC' } },
  answers: {
    200: {
      description: 'A stream; what came in the last minutes comes first',
      contentType: 'text/event-stream',
      example: 'data: {"kind":"contact","request":{"action":"PutObject","status":200}}\n\n',
    },
    404: errorAnswer('There is no such bucket', 'NoSuchBucket'),
  },
} as const satisfies Route;

/** How far a client has come. Each is the time it was first seen, null while it was not. */
export interface ContactProgress {
  readonly reachedMs: number | null;
  readonly signedMs: number | null;
  readonly listedMs: number | null;
  readonly wroteMs: number | null;
  /** The client that was seen last. */
  readonly client: string | null;
  /** What stands in the way now; null once a later request got through. */
  readonly problem: ContactProblem | null;
}

export const NO_CONTACT: ContactProgress = {
  reachedMs: null,
  signedMs: null,
  listedMs: null,
  wroteMs: null,
  client: null,
  problem: null,
};

/** Why a client does not get on: the rows of UX.md 6.5 that can happen. */
export type ContactProblem =
  | { readonly kind: 'wrong-secret'; readonly client: string; readonly accessKeyId: string }
  | { readonly kind: 'unknown-key'; readonly client: string; readonly accessKeyId: string }
  | { readonly kind: 'unsigned'; readonly client: string }
  | { readonly kind: 'clock'; readonly client: string }
  | { readonly kind: 'region'; readonly client: string }
  | { readonly kind: 'virtual-host'; readonly client: string; readonly host: string }
  | { readonly kind: 'no-bucket'; readonly client: string; readonly bucket: string }
  | { readonly kind: 'denied'; readonly client: string; readonly action: string; readonly accessKeyId: string }
  | { readonly kind: 'full' }
  | { readonly kind: 'busy'; readonly client: string }
  | { readonly kind: 'other'; readonly client: string; readonly action: string; readonly errorCode: string };

const LISTS = new Set(['ListObjects', 'ListObjectsV2', 'ListObjectVersions', 'HeadBucket', 'GetBucketLocation']);
const WRITES = new Set(['PutObject', 'PostObject', 'CopyObject', 'CompleteMultipartUpload']);
/** Clients ask whether something is there before they write it: no answer of trouble. */
const ORDINARY_ERRORS = new Set([
  'NoSuchKey',
  'NoSuchUpload',
  'NoSuchVersion',
  'NotModified',
  'PreconditionFailed',
  'InvalidRange',
  'BucketAlreadyOwnedByYou',
]);

/** What is known after one more request. `bucket` is the one that is to be connected. */
export function afterRequest(progress: ContactProgress, request: ContactRequest, bucket: string): ContactProgress {
  const { atMs, action, status, client } = request;
  const isHere = request.bucket === bucket;
  const passed = status < 400;
  const signed = request.isKeyProven;
  const listed = passed && isHere && LISTS.has(action);
  const wrote = passed && isHere && WRITES.has(action);
  return {
    reachedMs: progress.reachedMs ?? atMs,
    signedMs: progress.signedMs ?? (signed ? atMs : null),
    // Not every client lists; who has written has no need to.
    listedMs: progress.listedMs ?? (listed || wrote ? atMs : null),
    wroteMs: progress.wroteMs ?? (wrote ? atMs : null),
    client,
    problem: problemOf(request, bucket) ?? (passed && (signed || wrote) ? null : progress.problem),
  };
}

/** What stands in the client's way, where this answer says so. */
export function problemOf(request: ContactRequest, bucket: string): ContactProblem | null {
  const { client, action, errorCode, host, status } = request;
  if (status < 400) return null;
  const accessKeyId = request.accessKeyId ?? '';
  // A bucket in the host name that this server does not take for one: the rest of the answer means another bucket.
  if (host?.startsWith(`${bucket}.`) === true && request.bucket !== bucket)
    return { kind: 'virtual-host', client, host };
  if (errorCode === null) return status === 404 ? null : { kind: 'other', client, action, errorCode: `HTTP ${status}` };
  switch (errorCode) {
    case 'SignatureDoesNotMatch':
      return { kind: 'wrong-secret', client, accessKeyId };
    case 'InvalidAccessKeyId':
      return { kind: 'unknown-key', client, accessKeyId };
    case 'RequestTimeTooSkewed':
      return { kind: 'clock', client };
    case 'AuthorizationHeaderMalformed':
    case 'AuthorizationQueryParametersError':
      return { kind: 'region', client };
    case 'AccessDenied':
      return accessKeyId === '' ? { kind: 'unsigned', client } : { kind: 'denied', client, action, accessKeyId };
    case 'NoSuchBucket':
      return { kind: 'no-bucket', client, bucket: request.bucket ?? '' };
    case 'InsufficientStorage':
    case 'QuotaExceeded':
      return { kind: 'full' };
    case 'SlowDown':
    case 'ServiceUnavailable':
      return { kind: 'busy', client };
    default:
      return ORDINARY_ERRORS.has(errorCode) || (status === 404 && action.startsWith('Get'))
        ? null
        : { kind: 'other', client, action, errorCode };
  }
}
