import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { AuditEntryView } from '../../src-server/contract/audit.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer } from '../support/test-server.ts';
import { keyOf, provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery';

async function pageOf(
  client: ConsoleClient,
  query: string,
): Promise<{ entries: AuditEntryView[]; next: number | null }> {
  const answer = await client.send('GET', `/api/v1/activity/audit?${query}`);
  assert.equal(answer.status, 200);
  return (await answer.json()) as { entries: AuditEntryView[]; next: number | null };
}

/** They are written once a second. */
async function refusedOnes(client: ConsoleClient, query: string): Promise<AuditEntryView[]> {
  for (let tries = 0; tries < 30; tries += 1) {
    const { entries } = await pageOf(client, `outcome=denied&${query}`);
    if (entries.length > 0) return entries;
    await sleep(100);
  }
  return [];
}

test('the trail by filters and pages; a tenant sees its own; nobody else sees any', async () => {
  const server = await startTestServer();
  try {
    const person = (name: string, role: string, tenant?: string) => ({
      name,
      role,
      password: PASSWORD,
      accessKeys: [keyOf(name)],
      ...(tenant === undefined ? {} : { tenant }),
    });
    const users = [
      person('ada', 'admin'),
      person('tina', 'admin', 'acme'),
      person('olaf', 'user', 'acme'),
      person('pia', 'admin', 'globex'),
    ];
    await provision(server.context, { tenants: [{ name: 'acme' }, { name: 'globex' }], users });
    const tina = server.newClient({ credentials: keyOf('tina') });
    for (const Bucket of ['acme-one', 'acme-two', 'acme-three']) await tina.send(new CreateBucketCommand({ Bucket }));
    const pia = server.newClient({ credentials: keyOf('pia') });
    await pia.send(new CreateBucketCommand({ Bucket: 'globex-one' }));
    for (let n = 0; n < 5; n += 1) {
      await assert.rejects(pia.send(new GetObjectCommand({ Bucket: 'acme-one', Key: 'plan' })));
    }
    const ada = await signInTo(server.consoleUrl, 'ada', PASSWORD);
    const all = await pageOf(ada, 'action=CreateBucket');
    assert.deepEqual(
      all.entries.map(({ resource }) => resource.slice(13)),
      ['globex-one', 'acme-three', 'acme-two', 'acme-one'],
    );
    const [first] = all.entries;
    assert.deepEqual(
      [first?.who, first?.port, first?.address, first?.reason, first?.accessKeyId],
      ['pia', 's3', '127.0.0.1', 'role', 'KEY-pia'],
    );
    const page = await pageOf(ada, 'who=tina&action=CreateBucket&limit=2');
    assert.deepEqual(
      page.entries.map(({ resource }) => resource.slice(13)),
      ['acme-three', 'acme-two'],
    );
    const next = await pageOf(ada, `who=tina&action=CreateBucket&limit=2&before=${page.next}`);
    assert.deepEqual(
      next.entries.map(({ resource }) => resource.slice(13)),
      ['acme-one'],
    );
    assert.deepEqual((await pageOf(ada, `fromMs=${Date.now() + 60_000}`)).entries, []);
    assert.ok((await pageOf(ada, 'action=SignIn')).entries.some(({ who }) => who === 'ada'));

    const own = await signInTo(server.consoleUrl, 'tina', PASSWORD);
    const seen = await pageOf(own, '');
    assert.ok(seen.entries.some(({ resource }) => resource.includes('acme-one')));
    assert.ok(!seen.entries.some(({ resource, who }) => resource.includes('globex') || who === 'pia' || who === 'ada'));

    const denied = await refusedOnes(ada, 'who=pia');
    const [refused] = denied;
    assert.deepEqual(
      [refused?.action, refused?.resource, refused?.code],
      ['s3:GetObject', 'arn:aws:s3:::acme-one/plan', 'AccessDenied'],
    );
    assert.equal(refused?.reason, 'nothing');
    assert.deepEqual((await pageOf(own, 'outcome=denied&who=pia')).entries, []);

    const olaf = await signInTo(server.consoleUrl, 'olaf', PASSWORD);
    const answer = await olaf.send('GET', '/api/v1/activity/audit');
    assert.deepEqual([answer.status, await codeOf(answer)], [403, 'AccessDenied']);
  } finally {
    await server.close();
  }
});
