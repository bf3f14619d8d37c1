import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { ASKED_AFTER_BODY } from '../../src-server/s3/access/needed-actions.ts';
import { isSubresource, OPERATION_TABLE } from '../../src-server/s3/operation-table/index.ts';
import type { AnyOperationRow } from '../../src-server/s3/operation-table/row.ts';
import { QUERY_OPERATIONS } from '../../src-server/s3/query/query-table.ts';
import { classOfAction } from '../../src-server/services/access/action-classes.ts';
import {
  type AuthScene,
  type Credentials,
  MATRIX_BUCKET,
  openAuthScene,
  type SeenAnswer,
  type Sent,
} from '../support/s3/auth-scene.ts';
import { signFields } from '../support/s3/form-scene.ts';
import { AWS_OPERATIONS, ELSEWHERE, type LeastRequest, leastRequest } from '../support/s3/least-request.ts';
import { presign, sign, signedChunks, unsignedChunks } from '../support/s3/sign.ts';
import { signQuery } from '../support/s3/sign-query.ts';

/*
 * SECURITY.md, first line: route x kind of authentication x state. Every cell is computed from the tables, so a new operation is in it at once, and
 * one that AWS's model does not know and that has no row here fails.
 */

const STATES = [
  'good',
  'tampered',
  'wrong-key',
  'expired',
  'disabled',
  'other-tenant',
  'narrowed',
  'unsigned-header',
] as const;
type State = (typeof STATES)[number];
const KINDS = [
  'v4-header',
  'v4-presigned',
  'v2-header',
  'v2-presigned',
  'signed-chunks',
  'unsigned-trailer',
  'sts-session',
  'form',
] as const;
type Kind = (typeof KINDS)[number];

const HOUR_MS = 3_600_000;
const KEY = 'some/key';
const DATA = Buffer.from('some bytes of a body');
/** No least request of AWS's model reaches them. */
const BY_HAND = new Set(['PostObject']);

type Expected = 'reached' | readonly string[];

/** What decides once the sender is proven. */
function afterProof(row: AnyOperationRow, isOther: boolean): Expected {
  const actionClass = classOfAction(row.iamAction);
  if (actionClass === undefined) return ['AccessDenied'];
  const isOfBucket = actionClass === 'read' || actionClass === 'write' || actionClass === 'govern';
  return isOther && isOfBucket ? ['AccessDenied'] : 'reached';
}

function expectedOf(row: AnyOperationRow, kind: Kind, state: State): Expected {
  switch (state) {
    case 'good':
      return afterProof(row, false);
    case 'other-tenant':
      return afterProof(row, true);
    case 'narrowed':
      return ['AccessDenied'];
    case 'tampered':
      return ['SignatureDoesNotMatch'];
    case 'wrong-key':
      return kind === 'sts-session' ? ['InvalidToken'] : ['InvalidAccessKeyId'];
    case 'disabled':
      return ['InvalidAccessKeyId'];
    case 'expired':
      if (kind === 'sts-session') return ['InvalidAccessKeyId', 'ExpiredToken'];
      return kind.endsWith('presigned') || kind === 'form' ? ['AccessDenied'] : ['RequestTimeTooSkewed'];
    case 'unsigned-header':
      return kind.startsWith('v2') ? ['SignatureDoesNotMatch'] : ['AccessDenied'];
  }
}

function credentialsOf(scene: AuthScene, kind: Kind, state: State): Credentials {
  const of = kind === 'sts-session' ? scene.sessions : scene;
  if (state === 'other-tenant') return of.other;
  if (state === 'disabled') return of.disabled;
  if (state === 'narrowed') return of.narrow;
  if (state === 'expired' && kind === 'sts-session') return scene.sessions.expired;
  if (state !== 'wrong-key') return of.boss;
  return kind === 'sts-session' ? { ...of.boss, token: 'another' } : { ...of.boss, accessKey: 'KEYOFNOBODY' };
}

/** The signature's first character is another one. */
function tamper(text: string, mark: RegExp): string {
  return text.replace(mark, (_all, before: string, first: string) => before + (first === 'a' ? 'b' : 'a'));
}

const UNSIGNED = { 'x-amz-acl': 'public-read' };

function request(scene: AuthScene, least: LeastRequest, kind: Kind, state: State): Sent {
  const { accessKey, secret, token } = credentialsOf(scene, kind, state);
  const nowMs = Date.now() - (state === 'expired' && kind !== 'sts-session' ? HOUR_MS : 0);
  const { method, path, query, body } = least;
  const added: Record<string, string> = state === 'unsigned-header' ? UNSIGNED : {};
  const common = { method, path, query, nowMs, accessKey, secret };
  if (kind === 'v4-presigned') {
    const { 'x-amz-content-sha256': _, ...headers } = least.headers;
    const target = presign({ ...common, headers });
    const sent = state === 'tampered' ? tamper(target, /(X-Amz-Signature=)(.)/) : target;
    return { method, target: sent, headers: { host: 'localhost', ...headers, ...added }, body };
  }
  if (kind === 'v2-header' || kind === 'v2-presigned') return signV2({ ...common, kind, state, least, added });
  if (kind === 'signed-chunks' || kind === 'unsigned-trailer')
    return signStream({ ...common, kind, state, least, added });
  const headers = { ...least.headers, ...(token === undefined ? {} : { 'x-amz-security-token': token }) };
  const signed = sign({ ...common, headers, payload: 'UNSIGNED-PAYLOAD', unsigned: added });
  if (state === 'tampered')
    signed.headers.authorization = tamper(signed.headers.authorization ?? '', /(Signature=)(.)/);
  return { method, target: signed.target, headers: signed.headers, body };
}

interface Signing extends Credentials {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly nowMs: number;
  readonly kind: Kind;
  readonly state: State;
  readonly least: LeastRequest;
  readonly added: Record<string, string>;
}

function signStream({ kind, state, least, added, ...common }: Signing): Sent {
  const isSigned = kind === 'signed-chunks';
  const payload = isSigned ? 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' : 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const checksum = createHash('sha1').update(DATA).digest('base64');
  const headers = {
    'content-encoding': 'aws-chunked',
    'x-amz-decoded-content-length': String(DATA.length),
    ...(isSigned ? {} : { 'x-amz-trailer': 'x-amz-checksum-sha1' }),
  };
  const signed = sign({ ...common, headers, payload, unsigned: added });
  const isTampered = state === 'tampered';
  // Of signed chunks it is one chunk's signature: the head alone proves nothing of the body.
  const body = isSigned
    ? signedChunks(signed, DATA, 1 << 16, undefined, (text) =>
        isTampered ? text.replace(/^./, (c) => (c === 'a' ? 'b' : 'a')) : text,
      )
    : unsignedChunks(DATA, 1 << 16, { 'x-amz-checksum-sha1': checksum });
  if (isTampered && !isSigned)
    signed.headers.authorization = tamper(signed.headers.authorization ?? '', /(Signature=)(.)/);
  return { method: least.method, target: signed.target, headers: signed.headers, body };
}

function signV2({ kind, state, least, added, accessKey, secret, nowMs, method, path, query }: Signing): Sent {
  const { 'x-amz-content-sha256': _, ...headers } = least.headers;
  const isUrl = kind === 'v2-presigned';
  const date = new Date(nowMs).toUTCString();
  const expires = String(Math.floor((nowMs + 300_000) / 1000));
  const named = Object.entries(query).filter(
    ([name]) => isSubresource(name) || ['partNumber', 'uploadId', 'versionId'].includes(name),
  );
  const resource = named
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const amz = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-amz-'))
    .sort()
    .map(([name, value]) => `${name}:${value}\n`);
  const toSign = `${method}\n${headers['content-md5'] ?? ''}\n\n${isUrl ? expires : date}\n${amz.join('')}${path}${resource.length === 0 ? '' : `?${resource.join('&')}`}`;
  const right = createHmac('sha1', secret).update(toSign).digest('base64');
  const signature = state === 'tampered' ? right.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')) : right;
  const own = Object.entries(query).map(([name, value]) =>
    value === '' ? name : `${name}=${encodeURIComponent(value)}`,
  );
  const proof = isUrl
    ? [`AWSAccessKeyId=${accessKey}`, `Expires=${expires}`, `Signature=${encodeURIComponent(signature)}`]
    : [];
  const text = [...own, ...proof].join('&');
  const auth: Record<string, string> = isUrl ? {} : { date, authorization: `AWS ${accessKey}:${signature}` };
  return {
    method,
    target: text === '' ? path : `${path}?${text}`,
    headers: { ...headers, ...auth, ...added },
    body: least.body,
  };
}

async function form(scene: AuthScene, state: State): Promise<Sent> {
  const { accessKey, secret } = credentialsOf(scene, 'form', state);
  const fields = signFields({
    bucket: MATRIX_BUCKET,
    credentials: { accessKeyId: accessKey, secretAccessKey: secret },
    expiresMs: state === 'expired' ? -HOUR_MS : HOUR_MS,
  });
  if (state === 'tampered')
    fields['x-amz-signature'] = (fields['x-amz-signature'] ?? '').replace(/^./, (c) => (c === 'a' ? 'b' : 'a'));
  const all = state === 'unsigned-header' ? { ...fields, ...UNSIGNED } : fields;
  const data = new FormData();
  for (const [name, value] of Object.entries(all)) data.append(name, value);
  data.append('file', new Blob(['the file']), 'photo.jpg');
  const made = new Response(data);
  const body = Buffer.from(await made.arrayBuffer());
  return {
    method: 'POST',
    target: `/${MATRIX_BUCKET}`,
    headers: { 'content-type': made.headers.get('content-type') ?? '' },
    body,
  };
}

/** Sorry cells: what was not as the table says. */
function judge(cell: string, answer: SeenAnswer, expected: Expected, isHead: boolean): string | undefined {
  const isAsExpected =
    expected === 'reached'
      ? (answer.reached && answer.status === 200) ||
        (ASKED_AFTER_BODY.has(cell.split(' ')[0] ?? '') && answer.code === 'NoSuchKey')
      : !answer.reached && answer.status >= 400 && (isHead || expected.includes(answer.code ?? ''));
  return isAsExpected
    ? undefined
    : `${cell}: ${answer.status} ${answer.code ?? ''}${answer.reached ? ' reached' : ''}, expected ${expected}`;
}

/** Of what is asked for with its body in mind: a body that can be read. */
const BODIES: Readonly<Record<string, string>> = {
  PutObjectTagging: '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>',
};

function withBody(least: LeastRequest, action: string): LeastRequest {
  const body = BODIES[action];
  assert.equal(body !== undefined, ASKED_AFTER_BODY.has(action), `${action} wants a body in this matrix`);
  if (body === undefined) return least;
  return {
    ...least,
    body,
    headers: { ...least.headers, 'content-md5': createHash('md5').update(body).digest('base64') },
  };
}

function kindsOf(row: AnyOperationRow): readonly Kind[] {
  if (row.body === 'form') return ['form'];
  return KINDS.filter(
    (kind) => kind !== 'form' && (row.body === 'object' || !(kind === 'signed-chunks' || kind === 'unsigned-trailer')),
  );
}

test('every S3 operation, every kind of authentication, every state of it', async (t) => {
  await using scene = await openAuthScene();
  const wrong: string[] = [];
  let cells = 0;
  let denied = 0;
  const note = (cell: string, answer: SeenAnswer, expected: Expected, isHead: boolean) => {
    cells += 1;
    if (expected !== 'reached') denied += 1;
    const problem = judge(cell, answer, expected, isHead);
    if (problem !== undefined) wrong.push(problem);
  };
  for (const row of OPERATION_TABLE) {
    if (row.supersededBy !== undefined || ELSEWHERE.has(row.action)) continue;
    const aws = AWS_OPERATIONS.find(({ name }) => name === row.action);
    assert.ok(aws !== undefined || BY_HAND.has(row.action), `${row.action} has no row in this matrix`);
    const isHead = row.method === 'HEAD';
    const least = aws === undefined ? undefined : withBody(leastRequest(aws, MATRIX_BUCKET, KEY), row.action);
    for (const kind of kindsOf(row)) {
      for (const state of STATES) {
        const sent = least === undefined ? await form(scene, state) : request(scene, least, kind, state);
        const answer = await scene.send(sent);
        note(`${row.action} ${kind} ${state}`, answer, expectedOf(row, kind, state), isHead);
      }
    }
    if (least === undefined) continue;
    const { method, path, query, headers, body } = least;
    const names = Object.entries(query).map(([name, value]) => (value === '' ? name : `${name}=${value}`));
    const target = names.length === 0 ? path : `${path}?${names.join('&')}`;
    note(`${row.action} anonymous`, await scene.send({ method, target, headers, body }), ['AccessDenied'], isHead);
  }
  t.diagnostic(`S3: ${cells} cells, ${denied} of them refused`);
  assert.deepEqual(wrong, []);
});

/** Actions that need no permission, as on AWS. */
const FREE = new Set(['sts:GetCallerIdentity', 'sts:GetSessionToken']);
const REFUSALS = new Set([
  'SignatureDoesNotMatch',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidToken',
  'ExpiredToken',
  'AccessDenied',
  'RequestTimeTooSkewed',
  'RequestExpired',
  'MissingAuthenticationToken',
  'SignatureDoesNotMatchException',
]);

function queryRequest(credentials: Credentials, service: string, action: string, state: State): Sent {
  const body = `Action=${action}&Version=2010-05-08`;
  const sent = signQuery(credentials, service, body, Date.now() - (state === 'expired' ? HOUR_MS : 0));
  const headers = { ...sent.headers, ...(state === 'unsigned-header' ? { 'x-amz-acl': 'private' } : {}) };
  // Of a tampered one the body: what is asked for is no longer what was signed.
  return { ...sent, headers, body: state === 'tampered' ? `${body}&UserName=x` : body };
}

test('every action of IAM and STS, by key and by session, in every state', async (t) => {
  await using scene = await openAuthScene();
  const wrong: string[] = [];
  let cells = 0;
  for (const { service, action } of QUERY_OPERATIONS) {
    const name = `${service}:${action}`;
    for (const kind of ['v4-header', 'sts-session'] as const) {
      for (const state of STATES) {
        // Without parameters each asks about the caller's own account.
        if (state === 'other-tenant' || state === 'good') continue;
        cells += 1;
        const answer = await scene.send(queryRequest(credentialsOf(scene, kind, state), service, action, state));
        const isFine =
          state === 'narrowed'
            ? FREE.has(name) || answer.status >= 400
            : answer.status >= 400 && REFUSALS.has(answer.code ?? '');
        if (!isFine) wrong.push(`${name} ${kind} ${state}: ${answer.status} ${answer.code ?? ''}`);
      }
    }
    cells += 1;
    const body = `Action=${action}&Version=2010-05-08`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const anonymous = await scene.send({ method: 'POST', target: '/', headers, body });
    if (anonymous.status < 400) wrong.push(`${name} anonymous: ${anonymous.status}`);
  }
  // Last: some of them, asked for rightly, do something.
  for (const { service, action } of QUERY_OPERATIONS.filter((one) => /^(Get|List)/.test(one.action))) {
    cells += 1;
    const answer = await scene.send(queryRequest(scene.boss, service, action, 'good'));
    if (answer.status >= 400 && REFUSALS.has(answer.code ?? ''))
      wrong.push(`${action} good: ${answer.status} ${answer.code}`);
  }
  t.diagnostic(`IAM and STS: ${cells} cells`);
  assert.deepEqual(wrong, []);
});
