import { createHash } from 'node:crypto';
import { LeanClient } from '../lean-client.ts';
import type { TestServer } from '../test-server.ts';

const SETTINGS = ['acl', 'cors', 'encryption', 'location', 'ownershipControls', 'tagging', 'versioning'] as const;
const ATTRIBUTES = 'ETag,Checksum,ObjectParts,StorageClass,ObjectSize';
/** What differs from one answer to the next. */
const OF_THE_ANSWER: ReadonlySet<string> = new Set([
  'date',
  'x-amz-request-id',
  'x-amz-id-2',
  'connection',
  'keep-alive',
]);

/** Everything that S3 shows of an install, by request line; equal snapshots are equal installs to every client. */
export type Snapshot = Readonly<Record<string, string>>;

/** Asks for all buckets, settings, versions with their bytes, tags and attributes, and open uploads with their parts, as root. */
export async function takeSnapshot(server: TestServer): Promise<Snapshot> {
  const client = new LeanClient(server.endpoint, server.rootCredentials, server.context.config.region);
  const snapshot: Record<string, string> = {};
  const look = async (path: string, query = '', amzHeaders = {}): Promise<string> => {
    const answer = await client.request({ method: 'GET', path, query, amzHeaders });
    const body = answer.body.toString('latin1');
    const shown = body.startsWith('<?xml') ? withoutIds(body) : createHash('sha256').update(answer.body).digest('hex');
    snapshot[`${path}?${query}`] = [answer.status, ...headersOf(answer.head), shown].join('\n');
    return body;
  };
  try {
    for (const bucket of texts(await look('/'), 'Name')) await lookAtBucket(`/${bucket}`, look);
  } finally {
    client.close();
  }
  return snapshot;
}

type Look = (path: string, query?: string, amzHeaders?: Record<string, string>) => Promise<string>;

async function lookAtBucket(path: string, look: Look): Promise<void> {
  for (const setting of SETTINGS) await look(path, `${setting}=`);
  for (const version of elements(await look(path, 'encoding-type=url&versions='), 'Version')) {
    const [key = '', id = ''] = [...texts(version, 'Key'), ...texts(version, 'VersionId')];
    const query = `versionId=${id}`;
    await look(`${path}/${key}`, query, { 'x-amz-checksum-mode': 'ENABLED' });
    await look(`${path}/${key}`, `tagging=&${query}`);
    await look(`${path}/${key}`, `acl=&${query}`);
    await look(`${path}/${key}`, `attributes=&${query}`, { 'x-amz-object-attributes': ATTRIBUTES });
  }
  for (const upload of elements(await look(path, 'encoding-type=url&uploads='), 'Upload')) {
    const [key = '', id = ''] = [...texts(upload, 'Key'), ...texts(upload, 'UploadId')];
    await look(`${path}/${key}`, `uploadId=${id}`);
  }
}

function headersOf(head: string): string[] {
  const lines = head.split('\r\n').slice(1);
  return lines.filter((line) => line !== '' && !OF_THE_ANSWER.has(line.slice(0, line.indexOf(':')).toLowerCase()));
}

function withoutIds(xml: string): string {
  return xml.replace(/<(RequestId|HostId)>[^<]*<\/\1>/g, '');
}

/** Inner XML of every element of this name that holds none of its own name. */
function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map((match) => match[1] ?? '');
}

function texts(xml: string, name: string): string[] {
  return elements(xml, name).map((text) => text.replaceAll('&amp;', '&'));
}
