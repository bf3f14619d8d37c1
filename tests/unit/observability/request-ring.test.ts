import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRequestFeed } from '../../../src-server/observability/request-feed.ts';
import { createRequestRecorder } from '../../../src-server/observability/request-recorder.ts';
import type { RequestFacts } from '../../../src-server/observability/request-ring.ts';
import { showQuery } from '../../../src-server/observability/show-query.ts';
import { waitFor } from '../../support/wait-for.ts';

const SECRET = 'canary-77aa';

function facts(change: Partial<RequestFacts> = {}): RequestFacts {
  return {
    id: '0011223344556677',
    action: 'GetObject',
    method: 'GET',
    bucket: 'office',
    objectKey: 'plan.md',
    rawUrl: '/office/plan.md',
    host: 'localhost:9000',
    status: 200,
    errorCode: undefined,
    durationMs: 5,
    bytesIn: 0,
    bytesOut: 10,
    remote: '127.0.0.1',
    user: 'anna',
    accessKeyId: 'AKID1',
    isKeyProven: true,
    ...change,
  };
}

describe('RequestRing', () => {
  it('keeps the newest 2,000 and says how many were missed', () => {
    const recorder = createRequestRecorder(() => 1_000_000);
    for (let i = 0; i < 2500; i += 1) recorder.record(facts({ id: String(i) }), 'restic/0.16');
    const page = recorder.after(0);
    assert.equal(page.requests.length, 2000);
    assert.equal(page.missed, 500);
    assert.equal(page.requests.at(-1)?.id, '2499');
    assert.equal(page.requests[0]?.atMs, 999_995);
    assert.deepEqual(recorder.after(page.lastSequence), { requests: [], lastSequence: 2500, missed: 0 });
    assert.equal(recorder.after(2498).requests.length, 2);
  });

  it('shows no signature, session token, credential or value of an unknown parameter', () => {
    const recorder = createRequestRecorder();
    const query = `X-Amz-Signature=${SECRET}&X-Amz-Credential=${SECRET}&x-amz-security-token=${SECRET}&token=${SECRET}&prefix=a%2Fb&versions&AWSAccessKeyId=${SECRET}&Signature=${SECRET}`;
    recorder.record(facts({ rawUrl: `/office?${query}` }), `curl/8 ${'x'.repeat(500)}\u001b[2J`);
    const page = recorder.after(0);
    assert.equal(JSON.stringify(page).includes(SECRET), false);
    assert.ok(page.requests[0]?.query.includes('prefix=a%2Fb&versions&'));
    assert.ok((page.requests[0]?.userAgent.length ?? 999) <= 256);
    assert.equal(showQuery(''), '');
  });
});

describe('RequestFeed', () => {
  it('asks the threads only while somebody listens, and merges them by time', async () => {
    let now = 990;
    const [one, two] = [createRequestRecorder(() => now), createRequestRecorder(() => now)];
    let asked = 0;
    const feed = createRequestFeed(5);
    feed.add(one);
    feed.add({
      after: async (sequence) => {
        asked += 1;
        return two.after(sequence);
      },
      takeContacts: async () => two.takeContacts(),
    });
    one.record(facts({ id: 'before' }), 'restic/1');
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.equal(asked, 0);
    const seen: string[] = [];
    const end = feed.subscribe((requests) => seen.push(...requests.map(({ id }) => id)));
    await waitFor(() => asked > 1);
    now = 1000;
    two.record(facts({ id: 'first' }), 'restic/1');
    now = 1001;
    one.record(facts({ id: 'second' }), 'restic/1');
    await waitFor(() => seen.length === 2);
    assert.deepEqual(seen, ['first', 'second']);
    end();
    const askedThen = asked;
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.ok(asked <= askedThen + 1);
    assert.deepEqual(
      (await feed.recent()).map(({ id }) => id),
      ['second', 'first', 'before'],
    );
  });
});

describe('contacts', () => {
  it('are counted by client and proven key, and taken once', () => {
    let now = 1000;
    const recorder = createRequestRecorder(() => now);
    recorder.record(facts({ action: 'PutObject', bytesIn: 100 }), 'restic/0.16');
    now = 2000;
    recorder.record(facts({ status: 404, errorCode: 'NoSuchKey' }), 'restic/0.16');
    recorder.record(facts({ status: 403, errorCode: 'SignatureDoesNotMatch', isKeyProven: false }), 'restic/0.16');
    const contacts = recorder.takeContacts();
    assert.equal(contacts.length, 2);
    const [proven, unproven] = contacts;
    assert.equal(proven?.accessKeyId, 'AKID1');
    assert.equal(proven?.lastWriteMs, 1000);
    assert.equal(proven?.lastMs, 2000);
    assert.deepEqual([proven?.requests, proven?.errors, proven?.bytesIn], [2, 1, 100]);
    assert.equal(unproven?.accessKeyId, undefined);
    assert.equal(unproven?.lastErrorCode, 'SignatureDoesNotMatch');
    assert.deepEqual(recorder.takeContacts(), []);
  });

  it('do not grow with the number of clients', () => {
    const recorder = createRequestRecorder();
    for (let i = 0; i < 5000; i += 1) recorder.record(facts(), `agent-${i}/1`);
    assert.ok(recorder.takeContacts().length <= 512);
  });
});
