import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LeanAnswer, LeanClient } from '../../support/lean-client.ts';
import { md5Hex, type PutCondition, type ReferenceBucket } from './reference-bucket.ts';

/** One step of a random history. `pick` numbers choose among what exists when the step runs. */
export type Step =
  | {
      readonly kind: 'put';
      readonly key: string;
      readonly body: string;
      readonly condition: 'none' | 'if-absent' | 'if-match-current' | 'if-match-other';
    }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'delete-version'; readonly key: string; readonly pick: number }
  | { readonly kind: 'copy'; readonly from: string; readonly to: string }
  | { readonly kind: 'get'; readonly key: string }
  | { readonly kind: 'get-version'; readonly key: string; readonly pick: number }
  | { readonly kind: 'list'; readonly prefix: string }
  | { readonly kind: 'versioning'; readonly status: 'Enabled' | 'Suspended' };

/** Few keys, so that steps meet; look-alikes, so that nothing merges them. */
export const MODEL_KEYS = ['a', 'a/', 'a//b', 'a/b', 'b', 'é/ü', 'é/', '~', 'a b+c%2F', '..'];

const key = fc.constantFrom(...MODEL_KEYS);
const body = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom('', 'x'.repeat(70_000), 'y'.repeat(1_200_000)));
const pick = fc.nat(1000);

export const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      key,
      body,
      condition: fc.constantFrom('none', 'none', 'if-absent', 'if-match-current', 'if-match-other'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete-version' as const), key, pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('copy' as const), from: key, to: key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('get' as const), key }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('get-version' as const), key, pick }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('list' as const), prefix: fc.constantFrom('', 'a', 'a/', 'é/', 'zz') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('versioning' as const), status: fc.constantFrom('Enabled', 'Suspended') }),
  },
);

export interface Subject {
  readonly client: LeanClient;
  readonly bucket: string;
  readonly model: ReferenceBucket;
}

/** Does the step on the server and on the model and asserts that both answered alike. */
export async function applyStep(subject: Subject, step: Step): Promise<void> {
  switch (step.kind) {
    case 'put':
      return applyPut(subject, step);
    case 'delete': {
      const answer = expectStatus(await send(subject, 'DELETE', step.key), 204);
      return subject.model.delete(step.key, answer.header('x-amz-version-id') ?? 'null');
    }
    case 'delete-version': {
      const version = chosenVersion(subject, step);
      if (version === undefined) return;
      expectStatus(await send(subject, 'DELETE', step.key, { query: `versionId=${version}` }), 204);
      return subject.model.deleteVersion(step.key, version);
    }
    case 'copy':
      return applyCopy(subject, step.from, step.to);
    case 'get':
      return expectBody(await send(subject, 'GET', step.key), subject.model.body(step.key));
    case 'get-version':
      return applyGetVersion(subject, step);
    case 'list':
      return assert.deepEqual(
        await listWithDelimiter(subject, step.prefix),
        subject.model.listWithDelimiter(step.prefix),
      );
    case 'versioning': {
      const xml = `<VersioningConfiguration><Status>${step.status}</Status></VersioningConfiguration>`;
      const path = `/${subject.bucket}`;
      expectStatus(
        await subject.client.request({ method: 'PUT', path, query: 'versioning=', body: Buffer.from(xml) }),
        200,
      );
      subject.model.versioning = step.status;
    }
  }
}

/** Everything the server shows of the bucket equals the model: versions, listing, current bodies. */
export async function expectSameBucket(subject: Subject): Promise<void> {
  assert.deepEqual(await listVersions(subject), subject.model.listVersions());
  assert.deepEqual(await listWithDelimiter(subject, ''), subject.model.listWithDelimiter(''));
  for (const each of MODEL_KEYS) expectBody(await send(subject, 'GET', each), subject.model.body(each));
}

async function applyPut(subject: Subject, step: Extract<Step, { kind: 'put' }>): Promise<void> {
  const condition = conditionOf(subject.model, step);
  const expected = subject.model.putStatus(step.key, condition);
  const answer = await send(subject, 'PUT', step.key, {
    body: Buffer.from(step.body),
    headers: conditionHeaders(condition),
  });
  expectStatus(answer, expected);
  if (expected === 200) {
    assert.equal(answer.header('etag'), `"${md5Hex(step.body)}"`);
    subject.model.put(step.key, step.body, answer.header('x-amz-version-id') ?? 'null');
  }
}

async function applyCopy(subject: Subject, from: string, to: string): Promise<void> {
  const body = subject.model.body(from);
  // A copy onto itself without a change is refused, on AWS as here; its own tests are in tests/s3.
  if (from === to) return;
  const amzHeaders = { 'x-amz-copy-source': `/${subject.bucket}/${encodeURIComponent(from)}` };
  const answer = await send(subject, 'PUT', to, { amzHeaders });
  expectStatus(answer, body === undefined ? 404 : 200);
  if (body !== undefined) subject.model.put(to, body, answer.header('x-amz-version-id') ?? 'null');
}

async function applyGetVersion(subject: Subject, step: Extract<Step, { kind: 'get-version' }>): Promise<void> {
  const versionId = chosenVersion(subject, step);
  if (versionId === undefined) return;
  const version = subject.model.versions(step.key).find((each) => each.versionId === versionId);
  const answer = await send(subject, 'GET', step.key, { query: `versionId=${versionId}` });
  if (version?.kind === 'marker') expectStatus(answer, 405);
  else expectBody(answer, version?.body);
}

function conditionOf(model: ReferenceBucket, step: Extract<Step, { kind: 'put' }>): PutCondition {
  switch (step.condition) {
    case 'none':
      return { kind: 'none' };
    case 'if-absent':
      return { kind: 'if-absent' };
    case 'if-match-current':
      return { kind: 'if-match', etag: md5Hex(model.body(step.key) ?? 'nothing') };
    case 'if-match-other':
      return { kind: 'if-match', etag: md5Hex('a body that no step writes') };
  }
}

function conditionHeaders(condition: PutCondition): Record<string, string> {
  switch (condition.kind) {
    case 'none':
      return {};
    case 'if-absent':
      return { 'if-none-match': '*' };
    case 'if-match':
      return { 'if-match': `"${condition.etag}"` };
  }
}

function chosenVersion(subject: Subject, step: { readonly key: string; readonly pick: number }): string | undefined {
  const versions = subject.model.versions(step.key);
  return versions[step.pick % Math.max(1, versions.length)]?.versionId;
}

type Extra = { query?: string; body?: Buffer; headers?: Record<string, string>; amzHeaders?: Record<string, string> };

function send(subject: Subject, method: string, objectKey: string, extra: Extra = {}): Promise<LeanAnswer> {
  const encoded = objectKey.split('/').map(encodeURIComponent).join('/');
  return subject.client.request({ method, path: `/${subject.bucket}/${encoded}`, ...extra });
}

function expectBody(answer: LeanAnswer, expected: string | undefined): void {
  expectStatus(answer, expected === undefined ? 404 : 200);
  if (expected !== undefined) assert.ok(answer.body.equals(Buffer.from(expected)), 'other bytes');
}

function expectStatus(answer: LeanAnswer, expected: number): LeanAnswer {
  assert.equal(answer.status, expected, answer.body.toString('utf8', 0, 400));
  return answer;
}

async function listVersions(subject: Subject): Promise<string[]> {
  const path = `/${subject.bucket}`;
  const xml = expectStatus(
    await subject.client.request({ method: 'GET', path, query: 'versions=' }),
    200,
  ).body.toString();
  return [...xml.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs)].map((match) => {
    const inner = match[2] ?? '';
    const kind = match[1] === 'Version' ? 'object' : 'marker';
    return `${element(inner, 'Key')} ${element(inner, 'VersionId')} ${kind} ${element(inner, 'IsLatest')}`;
  });
}

async function listWithDelimiter(subject: Subject, prefix: string): Promise<string[]> {
  const query = `delimiter=%2F&list-type=2&prefix=${encodeURIComponent(prefix)}`;
  const answer = await subject.client.request({ method: 'GET', path: `/${subject.bucket}`, query });
  const xml = expectStatus(answer, 200).body.toString();
  const keys = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map((match) => element(match[1] ?? '', 'Key'));
  const prefixes = [...xml.matchAll(/<CommonPrefixes>(.*?)<\/CommonPrefixes>/gs)].map(
    (match) => `${element(match[1] ?? '', 'Prefix')} (prefix)`,
  );
  // A common prefix never equals a key that is listed beside it: order by what both begin with.
  const order = (entry: string): Buffer => Buffer.from(entry.replace(' (prefix)', ''));
  return [...keys, ...prefixes].sort((left, right) => Buffer.compare(order(left), order(right)));
}

function element(xml: string, name: string): string {
  const text = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1] ?? '';
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
