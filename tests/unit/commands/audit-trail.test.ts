import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AUDIT_RULES, isAudited } from '../../../src-server/commands/audit/audit-rules.ts';
import { COMMANDS, type CommandName } from '../../../src-server/commands/registry.ts';
import { auditRecordOf, listAuditFrom } from '../../../src-server/db/tables/audit-record.ts';
import { type AuditActor, auditHash, NO_HASH, serverActor } from '../../../src-server/domain/audit.ts';
import type { BucketName, EpochMs, UserId } from '../../../src-server/domain/ids.ts';
import { type InlineEngine, openInlineEngine } from '../../support/inline-engine.ts';

const NOW = 1_700_000_000_000 as EpochMs;
const FRESH = { canonicalId: 'a'.repeat(64), accountId: '123456789012' };

async function recordsOf(engine: InlineEngine) {
  return (await engine.catalogue.read((tx) => listAuditFrom(tx, 0, 100))).map(auditRecordOf);
}

async function withRoot(engine: InlineEngine): Promise<UserId> {
  await engine.client.submit('put-root-key', { key: undefined, fresh: FRESH, nowMs: NOW });
  const rows = await engine.run((tx) => tx.all<{ id: UserId }>('SELECT id FROM iam_user'));
  assert.ok(rows[0]);
  return rows[0].id;
}

test('every command either leaves a record or says why not', () => {
  const names = Object.keys(COMMANDS);
  assert.deepEqual(Object.keys(AUDIT_RULES).sort(), [...names].sort());
  // The names are the registry's keys.
  for (const name of names as CommandName[]) {
    const rule = AUDIT_RULES[name];
    assert.ok(typeof rule === 'function' || rule.why.length > 10, name);
  }
  for (const name of ['create-user', 'put-settings', 'create-access-key', 'delete-bucket'] as const) {
    assert.ok(isAudited(name), name);
  }
});

test('a change and its record stand together, chained, with who, what and from where', async () => {
  const engine = openInlineEngine();
  try {
    const ownerId = await withRoot(engine);
    const actor: AuditActor = {
      ...serverActor(NOW, 's3'),
      userId: ownerId,
      name: 'root',
      sourceAddress: '192.0.2.7',
      requestId: 'REQ1',
      reason: '{"kind":"role"}',
    };
    const bucket = { name: 'photos' as BucketName, ownerId, location: null, tags: undefined, nowMs: NOW };
    const input = { ...bucket, ownership: 'BucketOwnerEnforced' as const };
    await engine.client.submit('create-bucket', input, undefined, actor);
    await assert.rejects(engine.client.submit('create-bucket', input, undefined, actor));
    const records = await recordsOf(engine);
    assert.deepEqual(
      records.map(({ seq, action, resource, port }) => [seq, action, resource, port]),
      [
        [1, 'stowage:PutRootKey', 'user/root', 'server'],
        [2, 's3:CreateBucket', 'arn:aws:s3:::photos', 's3'],
      ],
    );
    const [first, second] = records;
    assert.ok(first && second);
    assert.deepEqual(Buffer.from(first.previousHash), Buffer.from(NO_HASH));
    assert.deepEqual(second.previousHash, first.hash);
    for (const record of records) {
      assert.deepEqual(auditHash(record.seq, record, record.previousHash), record.hash);
    }
    const { sourceAddress, requestId, reason, actorName } = second;
    assert.deepEqual([actorName, sourceAddress, requestId, reason], ['root', '192.0.2.7', 'REQ1', '{"kind":"role"}']);
  } finally {
    engine.close();
  }
});

test('a command that changes nothing leaves no record', async () => {
  const engine = openInlineEngine();
  try {
    await withRoot(engine);
    await withRoot(engine);
    await engine.client.submit('apply-provisioning', { tenants: [], users: [], buckets: [], settings: [], nowMs: NOW });
    assert.equal((await recordsOf(engine)).length, 1);
  } finally {
    engine.close();
  }
});
