import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../../../src-server/config/config-error.ts';
import { findBucket } from '../../../../src-server/db/tables/bucket.ts';
import { findUserByName } from '../../../../src-server/db/tables/iam-user.ts';
import { listInlinePolicies } from '../../../../src-server/db/tables/inline-policy.ts';
import { verifyPassword } from '../../../../src-server/services/access/password.ts';
import { resolveAccessKey } from '../../../../src-server/services/access/resolve-access-key.ts';
import { readStoredSettings } from '../../../../src-server/services/settings/stored-settings.ts';
import { openServiceFixture, type ServiceFixture } from '../../../support/service-context.ts';
import { bucketName, identityOf, keyOf, provision, provisionedUser } from '../../../support/users.ts';

const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };

const FULL = {
  tenants: [{ name: 'office', accountId: '000000000042' }],
  users: [
    {
      name: 'ann',
      tenant: 'office',
      email: 'ann@example.org',
      displayName: 'Ann',
      password: 'a password',
      role: 'user',
      canonicalId: 'a'.repeat(64),
      policies: [],
      accessKeys: [keyOf('ann')],
    },
    provisionedUser('loner', 'readonly'),
  ],
  buckets: [{ name: 'backups', owner: 'ann', versioning: 'Enabled', objectLock: false }],
  settings: { region: 'eu-central-1', s3: { allowSignatureV2: false } },
};

function withFixture(body: (fixture: ServiceFixture) => Promise<void>): () => Promise<void> {
  return async () => {
    const fixture = openServiceFixture();
    try {
      await body(fixture);
    } finally {
      fixture.close();
    }
  };
}

async function dump({ engine }: ServiceFixture): Promise<unknown> {
  return engine.run(async (tx) => {
    const tables: unknown[] = [];
    for (const table of ['tenant', 'iam_user', 'access_key', 'bucket', 'bucket_usage', 'setting']) {
      tables.push(await tx.all(`SELECT * FROM ${table}`));
    }
    return tables;
  });
}

async function refusal(fixture: ServiceFixture, file: unknown): Promise<string> {
  const before = await dump(fixture);
  try {
    await provision(fixture.context, file);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    assert.deepEqual(await dump(fixture), before, 'all of it or nothing');
    return error.message;
  }
  throw new Error('was accepted');
}

test(
  'everything of a full file stands afterwards; the same file again changes nothing',
  withFixture(async (fixture) => {
    const { context } = fixture;
    await provision(context, FULL);
    const ann = await identityOf(context, 'ann');
    assert.equal(ann.accountId, '000000000042');
    assert.equal(ann.canonicalId, 'a'.repeat(64));
    assert.equal(ann.displayName, 'Ann');
    const bucket = await context.catalogue.read((tx) => findBucket(tx, bucketName('backups')));
    assert.equal(bucket?.ownerId, ann.userId);
    assert.equal(bucket?.versioning, 'Enabled');
    assert.equal(bucket?.ownership, 'BucketOwnerEnforced');
    assert.deepEqual(await context.catalogue.read((tx) => readStoredSettings(tx)), FULL.settings);
    const before = await dump(fixture);
    const generation = context.catalogue.generation();
    await provision(context, FULL);
    assert.deepEqual(await dump(fixture), before);
    assert.equal(context.catalogue.generation(), generation, 'nothing was written');
  }),
);

test(
  'present fields overwrite, absent ones stay, nothing is deleted',
  withFixture(async (fixture) => {
    const { context } = fixture;
    await provision(context, FULL);
    const before = await identityOf(context, 'ann');
    await provision(context, {
      tenants: [{ name: 'office', accountId: '000000000077' }],
      users: [
        { name: 'ann', role: 'admin', password: 'a new password' },
        { name: 'loner', accessKeys: [{ ...keyOf('loner'), secretAccessKey: 'rotated secret' }, keyOf('second')] },
      ],
      buckets: [{ name: 'backups', versioning: 'Suspended' }],
      settings: { region: 'eu-west-1' },
    });
    const ann = await identityOf(context, 'ann');
    const arn = 'arn:aws:iam::000000000077:user/ann';
    assert.deepEqual(ann, { ...before, role: 'admin', accountId: '000000000077', arn });
    const row = await fixture.engine.run((tx) =>
      tx.get<{ email: string; password_hash: string }>("SELECT * FROM iam_user WHERE name = 'ann'"),
    );
    assert.equal(row?.email, 'ann@example.org');
    assert.ok(await verifyPassword(row?.password_hash ?? '', 'a new password'));
    assert.equal((await resolveAccessKey(context, 'KEY-loner'))?.secret, 'rotated secret');
    assert.equal((await resolveAccessKey(context, 'KEY-second'))?.identity.name, 'loner');
    const bucket = await context.catalogue.read((tx) => findBucket(tx, bucketName('backups')));
    assert.deepEqual([bucket?.ownerId, bucket?.versioning], [ann.userId, 'Suspended']);
    assert.deepEqual(await context.catalogue.read((tx) => readStoredSettings(tx)), {
      region: 'eu-west-1',
      s3: { allowSignatureV2: false },
    });
  }),
);

test(
  'policies are attached, overwritten by name, and a second run changes nothing',
  withFixture(async ({ context }) => {
    const file = (document: object) => ({ users: [{ name: 'p', policies: [POLICY, { name: 'named', document }] }] });
    await provision(context, file(POLICY));
    const generation = context.catalogue.generation();
    await provision(context, file(POLICY));
    assert.equal(context.catalogue.generation(), generation);
    const changed = { ...POLICY, Id: 'changed' };
    await provision(context, file(changed));
    const user = await context.catalogue.read((tx) => findUserByName(tx, 'p'));
    assert.ok(user !== undefined);
    const holder = { kind: 'user', id: user.id } as const;
    const rows = await context.catalogue.read((tx) => listInlinePolicies(tx, holder));
    assert.deepEqual(rows, [
      { name: 'named', document: JSON.stringify(changed) },
      { name: 'provisioned-1', document: JSON.stringify(POLICY) },
    ]);
  }),
);

test(
  'an empty file and an empty user list are fine',
  withFixture(async ({ context }) => {
    await provision(context, {});
    await provision(context, { tenants: [], users: [], buckets: [], settings: {} });
  }),
);

test(
  'what contradicts the catalogue or itself names its path and changes nothing',
  withFixture(async (fixture) => {
    await provision(fixture.context, FULL);
    const cases: [path: string, file: unknown][] = [
      ['users[0].tenant', { users: [provisionedUser('x', 'user', 'nowhere')] }],
      ['users[1].canonicalId', { users: [{ name: 'x' }, { name: 'y', canonicalId: 'a'.repeat(64) }] }],
      ['users[0].accessKeys[1].accessKeyId', { users: [{ name: 'x', accessKeys: [keyOf('x'), keyOf('ann')] }] }],
      ['tenants[0].accountId', { tenants: [{ name: 'other', accountId: '000000000042' }] }],
      ['users[0].policies[1]', { users: [{ name: 'x', policies: [POLICY, 'no-such-policy'] }] }],
      ['buckets[0].owner', { buckets: [{ name: 'fresh', owner: 'nobody' }] }],
      ['buckets[1].owner', { buckets: [{ name: 'backups' }, { name: 'fresh' }] }],
    ];
    for (const [path, file] of cases) {
      const message = await refusal(fixture, file);
      assert.ok(message.startsWith(`provision.json: ${path}: `), message);
    }
  }),
);

test(
  'what is malformed, unknown or not enforced names its path; values are not repeated',
  withFixture(async (fixture) => {
    const user = { name: 'ann' };
    const cases: [path: string, file: unknown][] = [
      ['groups', { groups: [] }],
      ['users[0].rol', { users: [{ ...user, rol: 'admin' }] }],
      ['users[0].role', { users: [{ ...user, role: 'root' }] }],
      ['users[0].name', { users: [{ name: 'root' }] }],
      ['users[0].name', { users: [{ name: 'a b' }] }],
      ['users[1].name', { users: [user, user] }],
      ['users[0].canonicalId', { users: [{ ...user, canonicalId: 'A'.repeat(64) }] }],
      ['users[0].policies[0]', { users: [{ ...user, policies: [{}] }] }],
      ['users[0].policies[1]', { users: [{ ...user, policies: [POLICY, { Version: 'planted', Statement: [] }] }] }],
      ['users[0].policies[0].document', { users: [{ ...user, policies: [{ name: 'p', document: {} }] }] }],
      ['users[0].policies[0].name', { users: [{ ...user, policies: [{ name: 'a b', document: POLICY }] }] }],
      [
        'users[0].policies[1]',
        {
          users: [
            {
              ...user,
              policies: [
                { name: 'p', document: POLICY },
                { name: 'p', document: POLICY },
              ],
            },
          ],
        },
      ],
      [
        'users[0].accessKeys[0].accessKeyId',
        { users: [{ ...user, accessKeys: [{ ...keyOf('x'), accessKeyId: 'ab' }] }] },
      ],
      [
        'users[0].accessKeys[0].secretAccessKey',
        { users: [{ ...user, accessKeys: [{ ...keyOf('x'), secretAccessKey: 'planted' }] }] },
      ],
      [
        'users[1].accessKeys[0].accessKeyId',
        {
          users: [
            { ...user, accessKeys: [keyOf('x')] },
            { name: 'bob', accessKeys: [keyOf('x')] },
          ],
        },
      ],
      ['tenants[0].accountId', { tenants: [{ name: 'a', accountId: '42' }] }],
      ['tenants[0].quotaBytes', { tenants: [{ name: 'a', quotaBytes: -1 }] }],
      ['tenants[0].maxBuckets', { tenants: [{ name: 'a', maxBuckets: 1.5 }] }],
      ['tenants[0].maxKeys', { tenants: [{ name: 'a', maxKeys: null }] }],
      ['buckets[0].name', { buckets: [{ name: 'No' }] }],
      ['buckets[0].objectLock', { buckets: [{ name: 'locked', owner: 'ann', objectLock: 'yes' }] }],
      ['buckets[0].quotaBytes', { buckets: [{ name: 'small', owner: 'ann', quotaBytes: '1 GB' }] }],
      ['buckets[0].versioning', { buckets: [{ name: 'small', owner: 'ann', versioning: 'Off' }] }],
      ['settings.dataDir', { settings: { dataDir: '/' } }],
      ['settings.s3.nonsense', { settings: { s3: { nonsense: true } } }],
    ];
    for (const [path, file] of cases) {
      const message = await refusal(fixture, file);
      assert.ok(message.startsWith(`provision.json: ${path}: `), `${path}: ${message}`);
      assert.ok(!message.includes('planted'));
    }
  }),
);
