import { createHash } from 'node:crypto';
import type { LeanAnswer, LeanClient, LeanRequest } from '../../support/lean-client.ts';

/** A version as clients see it. `id` is `new` for ids that a comparison does not know beforehand. */
export interface SeenVersion {
  readonly key: string;
  readonly id: string;
  readonly latest: boolean;
  /** `SIZE:SHA-256` of what GET answered; `marker` for a delete marker. */
  readonly body: string;
  /** `name=value` pairs, sorted. */
  readonly tags: string;
}

export interface SeenPart {
  readonly key: string;
  readonly uploadId: string;
  readonly number: number;
  readonly etag: string;
  readonly sizeBytes: number;
}

/** Everything that clients can see below one prefix of a bucket. */
export interface Seen {
  readonly versions: readonly SeenVersion[];
  readonly uploads: readonly { readonly key: string; readonly uploadId: string }[];
  readonly parts: readonly SeenPart[];
}

export const MARKER = 'marker';

export function bodyMark(body: Buffer): string {
  return `${body.length}:${createHash('sha256').update(body).digest('hex')}`;
}

/** Looks at versions, bodies, tags, uploads and parts; throws where two views contradict each other. */
export async function observe(client: LeanClient, bucket: string, prefix: string): Promise<Seen> {
  const path = `/${bucket}`;
  const xml = await text(client, { method: 'GET', path, query: `prefix=${encodeURIComponent(prefix)}&versions=` });
  const versions: SeenVersion[] = [];
  for (const [, kind, inner = ''] of xml.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs)) {
    const key = element(inner, 'Key');
    const id = element(inner, 'VersionId');
    const latest = element(inner, 'IsLatest') === 'true';
    if (kind === 'DeleteMarker') versions.push({ key, id, latest, body: MARKER, tags: '' });
    else {
      const body = await readVersion(client, bucket, key, id);
      if (body.length !== Number(element(inner, 'Size'))) throw new Error(`${key} ${id}: listed with another size`);
      versions.push({ key, id, latest, body: bodyMark(body), tags: await readTags(client, bucket, key, id) });
    }
  }
  await compareWithListing(client, bucket, prefix, versions);
  const uploads = await readUploads(client, bucket, prefix);
  const parts: SeenPart[] = [];
  for (const { key, uploadId } of uploads) parts.push(...(await readParts(client, bucket, key, uploadId)));
  return sorted({ versions, uploads, parts });
}

/** `seen` with the ids that `before` does not have called `new`. */
export function withNewIds(seen: Seen, before: Seen): Seen {
  const versionIds = new Set(before.versions.map((version) => version.id));
  const uploadIds = new Set(before.uploads.map((upload) => upload.uploadId));
  const versionId = (id: string): string => (versionIds.has(id) || id === 'null' ? id : 'new');
  const upload = <T extends { uploadId: string }>(one: T): T => ({
    ...one,
    uploadId: uploadIds.has(one.uploadId) ? one.uploadId : 'new',
  });
  return sorted({
    versions: seen.versions.map((version) => ({ ...version, id: versionId(version.id) })),
    uploads: seen.uploads.map(upload),
    parts: seen.parts.map(upload),
  });
}

/** In an order that depends on nothing but what is there. */
export function sorted(seen: Seen): Seen {
  const by =
    <T>(order: (one: T) => string) =>
    (a: T, b: T): number =>
      order(a) < order(b) ? -1 : 1;
  return {
    versions: seen.versions.toSorted(by((one) => `${one.key} ${one.id}`)),
    uploads: seen.uploads.toSorted(by((one) => `${one.key} ${one.uploadId}`)),
    parts: seen.parts.toSorted(by((one) => `${one.key} ${one.uploadId} ${one.number}`)),
  };
}

async function readVersion(client: LeanClient, bucket: string, key: string, id: string): Promise<Buffer> {
  const answer = await client.request({ method: 'GET', path: `/${bucket}/${key}`, query: `versionId=${id}` });
  return expect200(answer, `GET ${key} ${id}`).body;
}

async function readTags(client: LeanClient, bucket: string, key: string, id: string): Promise<string> {
  const query = `tagging=&versionId=${id}`;
  const xml = await text(client, { method: 'GET', path: `/${bucket}/${key}`, query });
  const tags = [...xml.matchAll(/<Tag>(.*?)<\/Tag>/gs)].map(
    ([, tag = '']) => `${element(tag, 'Key')}=${element(tag, 'Value')}`,
  );
  return tags.sort().join('&');
}

/** The listing of current objects and plain GET tell the same story as the versions. */
async function compareWithListing(
  client: LeanClient,
  bucket: string,
  prefix: string,
  versions: readonly SeenVersion[],
): Promise<void> {
  const query = `list-type=2&prefix=${encodeURIComponent(prefix)}`;
  const xml = await text(client, { method: 'GET', path: `/${bucket}`, query });
  const listed = [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key);
  const current = versions.filter((version) => version.latest && version.body !== MARKER);
  const expected = current.map((version) => version.key).sort();
  if (listed.join(' ') !== expected.join(' ')) throw new Error(`listed ${listed}, current versions ${expected}`);
  for (const { key, body } of current) {
    const shown = expect200(await client.request({ method: 'GET', path: `/${bucket}/${key}` }), `GET ${key}`).body;
    if (bodyMark(shown) !== body) throw new Error(`${key}: GET shows ${bodyMark(shown)}, its version ${body}`);
  }
}

async function readUploads(client: LeanClient, bucket: string, prefix: string): Promise<Seen['uploads']> {
  const query = `prefix=${encodeURIComponent(prefix)}&uploads=`;
  const xml = await text(client, { method: 'GET', path: `/${bucket}`, query });
  return [...xml.matchAll(/<Upload>(.*?)<\/Upload>/gs)].map(([, upload = '']) => ({
    key: element(upload, 'Key'),
    uploadId: element(upload, 'UploadId'),
  }));
}

async function readParts(client: LeanClient, bucket: string, key: string, uploadId: string): Promise<SeenPart[]> {
  const query = `uploadId=${encodeURIComponent(uploadId)}`;
  const xml = await text(client, { method: 'GET', path: `/${bucket}/${key}`, query });
  return [...xml.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = '']) => ({
    key,
    uploadId,
    number: Number(element(part, 'PartNumber')),
    etag: element(part, 'ETag').replaceAll('&quot;', '').replaceAll('"', ''),
    sizeBytes: Number(element(part, 'Size')),
  }));
}

async function text(client: LeanClient, request: LeanRequest): Promise<string> {
  return expect200(await client.request(request), `${request.method} ${request.path}?${request.query}`).body.toString();
}

function expect200(answer: LeanAnswer, what: string): LeanAnswer {
  if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${answer.body.toString('utf8', 0, 300)}`);
  return answer;
}

export function element(xml: string, name: string): string {
  return new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1] ?? '';
}
