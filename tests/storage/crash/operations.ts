import { createHash } from 'node:crypto';
import type { LeanAnswer, LeanClient, LeanRequest } from '../../support/lean-client.ts';
import { seededBytes } from '../../support/seeded.ts';
import { bodyMark, element, MARKER, type Seen, type SeenVersion, sorted } from './observe.ts';

/** Where an operation is attacked: keys that nobody else uses. */
export interface Scene {
  readonly client: LeanClient;
  /** Unversioned. */
  readonly plain: string;
  readonly versioned: string;
  readonly prefix: string;
}

/** One request, and what clients see once it was done. */
export interface Attack {
  readonly bucket: string;
  readonly request: LeanRequest;
  readonly status: number;
  after(before: Seen): Seen;
}

export interface Operation {
  readonly name: string;
  /** Where its bytes go: crash points of other ways are never met. */
  readonly bytes: 'log' | 'chunk' | 'segment';
  /** Does all that comes before the one request. */
  prepare(scene: Scene): Promise<Attack>;
}

const SMALL = 5_000;
const CHUNK = 1_500_000;
const PART = 5 * 1024 * 1024;

/** What is attacked at every crash point (DURABILITY D1). */
export const OPERATIONS: readonly Operation[] = [
  putOperation('put-small', 'log', SMALL),
  putOperation('put-empty', 'log', 0),
  putOperation('put-chunk', 'chunk', CHUNK),
  putOperation('put-tier-segment', 'segment', SMALL, { 'x-amz-storage-class': 'STANDARD_IA' }),
  putOperation('put-encrypted-chunk', 'chunk', CHUNK, { 'x-amz-server-side-encryption': 'AES256' }),
  overwriteOperation('overwrite-small', 'log', CHUNK, SMALL),
  overwriteOperation('overwrite-chunk', 'chunk', SMALL, CHUNK),
  versionedPut('versioned-put', 'log', SMALL),
  versionedPut('versioned-put-chunk', 'chunk', CHUNK),
  { name: 'versioned-delete', bytes: 'log', prepare: prepareVersionedDelete },
  { name: 'delete-version', bytes: 'log', prepare: prepareDeleteVersion },
  { name: 'delete', bytes: 'log', prepare: prepareDelete },
  copyOperation('copy-small', SMALL),
  copyOperation('copy-chunk', CHUNK),
  { name: 'tag', bytes: 'log', prepare: prepareTagging },
  { name: 'create-upload', bytes: 'log', prepare: prepareCreateUpload },
  partOperation('part-small', 'log', SMALL),
  partOperation('part-chunk', 'chunk', CHUNK),
  { name: 'complete', bytes: 'log', prepare: prepareComplete },
  { name: 'abort', bytes: 'log', prepare: prepareAbort },
];

function putOperation(
  name: string,
  bytes: Operation['bytes'],
  sizeBytes: number,
  amzHeaders: Record<string, string> = {},
): Operation {
  return {
    name,
    bytes,
    prepare: async ({ plain, prefix }) => putAttack(plain, `${prefix}k`, sizeBytes, `${prefix}new`, { amzHeaders }),
  };
}

function overwriteOperation(name: string, bytes: Operation['bytes'], oldBytes: number, newBytes: number): Operation {
  return {
    name,
    bytes,
    prepare: async ({ client, plain, prefix }) => {
      await put(client, plain, `${prefix}k`, seededBytes(`${prefix}old`, oldBytes));
      return putAttack(plain, `${prefix}k`, newBytes, `${prefix}new`);
    },
  };
}

function versionedPut(name: string, bytes: Operation['bytes'], sizeBytes: number): Operation {
  return {
    name,
    bytes,
    prepare: async ({ client, versioned, prefix }) => {
      await put(client, versioned, `${prefix}k`, seededBytes(`${prefix}old`, SMALL));
      return putAttack(versioned, `${prefix}k`, sizeBytes, `${prefix}new`, { versioned: true });
    },
  };
}

async function prepareVersionedDelete({ client, versioned: bucket, prefix }: Scene): Promise<Attack> {
  const key = `${prefix}k`;
  await put(client, bucket, key, seededBytes(`${prefix}old`, SMALL));
  const request = { method: 'DELETE', path: `/${bucket}/${key}` };
  const after = (before: Seen): Seen => publish(before, { key, id: 'new', latest: true, body: MARKER, tags: '' });
  return { bucket, request, status: 204, after };
}

async function prepareDeleteVersion({ client, versioned: bucket, prefix }: Scene): Promise<Attack> {
  const key = `${prefix}k`;
  const older = await put(client, bucket, key, seededBytes(`${prefix}1`, CHUNK));
  const newer = await put(client, bucket, key, seededBytes(`${prefix}2`, SMALL));
  const id = newer.header('x-amz-version-id') ?? '';
  const left = older.header('x-amz-version-id');
  const after = (before: Seen): Seen => ({
    ...before,
    versions: before.versions
      .filter((version) => version.id !== id)
      .map((version) => (version.id === left ? { ...version, latest: true } : version)),
  });
  return {
    bucket,
    request: { method: 'DELETE', path: `/${bucket}/${key}`, query: `versionId=${id}` },
    status: 204,
    after,
  };
}

async function prepareDelete({ client, plain: bucket, prefix }: Scene): Promise<Attack> {
  const key = `${prefix}k`;
  await put(client, bucket, key, seededBytes(`${prefix}old`, CHUNK));
  const after = (before: Seen): Seen => ({ ...before, versions: before.versions.filter((one) => one.key !== key) });
  return { bucket, request: { method: 'DELETE', path: `/${bucket}/${key}` }, status: 204, after };
}

function copyOperation(name: string, sizeBytes: number): Operation {
  return {
    name,
    bytes: 'log',
    prepare: async ({ client, plain: bucket, prefix }) => {
      const body = seededBytes(`${prefix}source`, sizeBytes);
      await put(client, bucket, `${prefix}source`, body);
      await put(client, bucket, `${prefix}target`, seededBytes(`${prefix}old`, SMALL));
      const target = `${prefix}target`;
      const amzHeaders = { 'x-amz-copy-source': `/${bucket}/${prefix}source` };
      const request = { method: 'PUT', path: `/${bucket}/${target}`, amzHeaders };
      const version = { key: target, id: 'null', latest: true, body: bodyMark(body), tags: '' };
      return { bucket, request, status: 200, after: (before) => publish(before, version) };
    },
  };
}

async function prepareTagging({ client, versioned: bucket, prefix }: Scene): Promise<Attack> {
  const key = `${prefix}k`;
  await put(client, bucket, key, seededBytes(`${prefix}old`, SMALL), { 'x-amz-tagging': 'colour=red' });
  const xml = '<Tagging><TagSet><Tag><Key>colour</Key><Value>blue</Value></Tag></TagSet></Tagging>';
  const request = { method: 'PUT', path: `/${bucket}/${key}`, query: 'tagging=', body: Buffer.from(xml) };
  const after = (before: Seen): Seen => ({
    ...before,
    versions: before.versions.map((version) => ({ ...version, tags: 'colour=blue' })),
  });
  return { bucket, request, status: 200, after };
}

async function prepareCreateUpload({ plain: bucket, prefix }: Scene): Promise<Attack> {
  const key = `${prefix}k`;
  const after = (before: Seen): Seen => sorted({ ...before, uploads: [...before.uploads, { key, uploadId: 'new' }] });
  return { bucket, request: { method: 'POST', path: `/${bucket}/${key}`, query: 'uploads=' }, status: 200, after };
}

/** The part is there already, with other bytes. */
function partOperation(name: string, bytes: Operation['bytes'], sizeBytes: number): Operation {
  return {
    name,
    bytes,
    prepare: async ({ client, plain: bucket, prefix }) => {
      const key = `${prefix}k`;
      const uploadId = await createUpload(client, bucket, key);
      await putPart(client, bucket, key, uploadId, 1, seededBytes(`${prefix}old`, CHUNK));
      const body = seededBytes(`${prefix}new`, sizeBytes);
      const part = { key, uploadId, number: 1, etag: md5(body), sizeBytes };
      const others = (seen: Seen): Seen['parts'] => seen.parts.filter((one) => one.uploadId !== uploadId);
      const after = (before: Seen): Seen => sorted({ ...before, parts: [...others(before), part] });
      return { bucket, request: partRequest(bucket, key, uploadId, 1, body), status: 200, after };
    },
  };
}

async function prepareComplete({ client, plain: bucket, prefix }: Scene): Promise<Attack> {
  const key = `${prefix}k`;
  await put(client, bucket, key, seededBytes(`${prefix}old`, SMALL));
  const uploadId = await createUpload(client, bucket, key);
  const bodies = [seededBytes(`${prefix}1`, PART), seededBytes(`${prefix}2`, SMALL)];
  const listed: string[] = [];
  for (const [index, body] of bodies.entries()) {
    await putPart(client, bucket, key, uploadId, index + 1, body);
    listed.push(`<Part><PartNumber>${index + 1}</PartNumber><ETag>"${md5(body)}"</ETag></Part>`);
  }
  const xml = `<CompleteMultipartUpload>${listed.join('')}</CompleteMultipartUpload>`;
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  const request = { method: 'POST', path: `/${bucket}/${key}`, query, body: Buffer.from(xml) };
  const version = { key, id: 'null', latest: true, body: bodyMark(Buffer.concat(bodies)), tags: '' };
  const after = (before: Seen): Seen => withoutUpload(publish(before, version), uploadId);
  return { bucket, request, status: 200, after };
}

async function prepareAbort({ client, plain: bucket, prefix }: Scene): Promise<Attack> {
  const key = `${prefix}k`;
  const uploadId = await createUpload(client, bucket, key);
  await putPart(client, bucket, key, uploadId, 1, seededBytes(`${prefix}1`, CHUNK));
  await putPart(client, bucket, key, uploadId, 2, seededBytes(`${prefix}2`, SMALL));
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  const request = { method: 'DELETE', path: `/${bucket}/${key}`, query };
  return { bucket, request, status: 204, after: (before) => withoutUpload(before, uploadId) };
}

function putAttack(
  bucket: string,
  key: string,
  sizeBytes: number,
  seed: string,
  { amzHeaders = {}, versioned = false }: { amzHeaders?: Record<string, string>; versioned?: boolean } = {},
): Attack {
  const body = seededBytes(seed, sizeBytes);
  const version = { key, id: versioned ? 'new' : 'null', latest: true, body: bodyMark(body), tags: '' };
  const request = { method: 'PUT', path: `/${bucket}/${key}`, body, amzHeaders };
  return { bucket, request, status: 200, after: (before) => publish(before, version) };
}

/** The bucket once `version` is the current one of its key; a null version replaces the null version. */
function publish(before: Seen, version: SeenVersion): Seen {
  const isReplaced = (one: SeenVersion): boolean => one.key === version.key && one.id === version.id;
  const others = before.versions
    .filter((one) => !isReplaced(one))
    .map((one) => (one.key === version.key ? { ...one, latest: false } : one));
  return sorted({ ...before, versions: [...others, version] });
}

function withoutUpload(seen: Seen, uploadId: string): Seen {
  return {
    ...seen,
    uploads: seen.uploads.filter((upload) => upload.uploadId !== uploadId),
    parts: seen.parts.filter((part) => part.uploadId !== uploadId),
  };
}

async function put(
  client: LeanClient,
  bucket: string,
  key: string,
  body: Buffer,
  amzHeaders: Record<string, string> = {},
): Promise<LeanAnswer> {
  return must(await client.request({ method: 'PUT', path: `/${bucket}/${key}`, body, amzHeaders }));
}

async function createUpload(client: LeanClient, bucket: string, key: string): Promise<string> {
  const answer = must(await client.request({ method: 'POST', path: `/${bucket}/${key}`, query: 'uploads=' }));
  return element(answer.body.toString(), 'UploadId');
}

async function putPart(
  client: LeanClient,
  bucket: string,
  key: string,
  uploadId: string,
  number: number,
  body: Buffer,
): Promise<void> {
  must(await client.request(partRequest(bucket, key, uploadId, number, body)));
}

function partRequest(bucket: string, key: string, uploadId: string, number: number, body: Buffer): LeanRequest {
  const query = `partNumber=${number}&uploadId=${encodeURIComponent(uploadId)}`;
  return { method: 'PUT', path: `/${bucket}/${key}`, query, body };
}

function must(answer: LeanAnswer): LeanAnswer {
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body.toString('utf8', 0, 300)}`);
  return answer;
}

function md5(body: Buffer): string {
  return createHash('md5').update(body).digest('hex');
}
