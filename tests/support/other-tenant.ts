import { ENDPOINTS } from '../../src-server/console/endpoints/index.ts';
import { OPERATION_TABLE } from '../../src-server/s3/operation-table/index.ts';
import type { AnyOperationRow } from '../../src-server/s3/operation-table/row.ts';
import type { ConsoleClient } from './console-client.ts';
import type { LeanClient } from './lean-client.ts';

/** Names and ids of one tenant's things, that somebody of another tenant has learned or guessed. */
export interface ForeignThings {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly uploadId: string;
  readonly user: string;
  readonly accessKeyId: string;
  readonly shareId: string;
  readonly operationId: string;
  readonly sessionId: string;
  readonly tenant: string;
  readonly changeId: string;
  readonly policyArn: string;
  readonly group: string;
  readonly role: string;
}

/** What one probe got. */
export interface ProbeAnswer {
  readonly name: string;
  /** Does the request name something of the other tenant in its path? */
  readonly isNamed: boolean;
  readonly status: number;
  readonly text: string;
}

/** Sends every request of the console's contract with another tenant's ids; new routes are walked without being named here. */
export async function probeConsole(client: ConsoleClient, things: ForeignThings): Promise<ProbeAnswer[]> {
  const answers: ProbeAnswer[] = [];
  for (const { route } of ENDPOINTS) {
    if (route.access !== 'session' || NOT_PROBED.has(route.name)) continue;
    const path = pathOf(route.path, things) + queryOf(route.path, things);
    const body = route.body === undefined ? undefined : foreign(route.body.example, things);
    const answer = await client.send(route.method.toUpperCase(), path, body);
    const isStream = (answer.headers.get('content-type') ?? '').startsWith('text/event-stream');
    if (isStream) await answer.body?.cancel();
    const text = isStream ? '' : await answer.text();
    answers.push({ name: route.name, isNamed: route.path.includes('{'), status: answer.status, text });
  }
  return answers;
}

/** One's own session, which would end the walk, and streams that never end. */
const NOT_PROBED: ReadonlySet<string> = new Set(['deleteSession', 'getEvents', 'deleteOtherSessions']);

function pathOf(path: string, things: ForeignThings): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(thingOf(path, name, things)));
}

function thingOf(path: string, name: string, things: ForeignThings): string {
  switch (name) {
    case 'bucket':
      return things.bucket;
    case 'uploadId':
      return things.uploadId;
    case 'partNumber':
    case 'version':
      return '1';
    case 'change':
      return things.changeId;
    case 'tenant':
      return things.tenant;
    case 'arn':
      return things.policyArn;
    case 'user':
      return things.user;
    case 'name':
      if (path.includes('/groups/')) return things.group;
      return path.includes('/roles/') ? things.role : things.user;
    case 'id':
      if (path.includes('/keys/')) return things.accessKeyId;
      if (path.includes('/shares/')) return things.shareId;
      if (path.includes('/operations/')) return things.operationId;
      return path.includes('/sessions/') ? things.sessionId : 'absent';
    default:
      return 'absent';
  }
}

function queryOf(path: string, { key, versionId }: ForeignThings): string {
  return path.includes('/object') ? `?key=${encodeURIComponent(key)}&versionId=${encodeURIComponent(versionId)}` : '';
}

/** An example body with the things of the other tenant in the places of its own. */
function foreign(example: unknown, things: ForeignThings): unknown {
  if (Array.isArray(example)) return example.map((entry) => foreign(entry, things));
  if (typeof example !== 'object' || example === null) return example;
  return Object.fromEntries(
    Object.entries(example).map(([field, value]) => [field, foreignField(field, value, things)]),
  );
}

function foreignField(field: string, value: unknown, things: ForeignThings): unknown {
  if (typeof value !== 'string') return foreign(value, things);
  if (field === 'bucket') return things.bucket;
  if (field === 'key' || field === 'path') return things.key;
  if (field === 'versionId') return things.versionId;
  if (field === 'user' || field === 'userName') return things.user;
  if (field === 'tenant') return things.tenant;
  return value;
}

/** Sends every operation of the S3 table that concerns a bucket, with the other tenant's ids. */
export async function probeS3(client: LeanClient, things: ForeignThings): Promise<ProbeAnswer[]> {
  const answers: ProbeAnswer[] = [];
  for (const row of OPERATION_TABLE) {
    if (row.scope === 'service' || row.handler === 'not-implemented' || row.supersededBy !== undefined) continue;
    if (row.action === 'CreateBucket' || row.body === 'form') continue;
    const path = row.scope === 'bucket' ? `/${things.bucket}` : `/${things.bucket}/${things.key}`;
    const copies = row.requestHeader === 'x-amz-copy-source';
    const answer = await client.request({
      method: row.method,
      path,
      query: queryOfRow(row, things),
      ...(row.body === 'none' ? {} : { body: Buffer.from('<x/>') }),
      ...(copies ? { amzHeaders: { 'x-amz-copy-source': `/${things.bucket}/${things.key}` } } : {}),
    });
    answers.push({ name: row.action, isNamed: true, status: answer.status, text: answer.body.toString() });
  }
  return answers;
}

function queryOfRow(row: AnyOperationRow, things: ForeignThings): string {
  const wanted: [string, string][] = [];
  if (row.subresource !== undefined)
    wanted.push([row.subresource, row.subresource === 'uploadId' ? things.uploadId : '']);
  for (const [name, value] of Object.entries(row.query ?? {})) {
    wanted.push([name, value !== '*' ? value : name === 'uploadId' ? things.uploadId : '1']);
  }
  return wanted
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}
