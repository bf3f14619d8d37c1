import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { resolveAccessKey } from '../../../../src-server/services/access/resolve-access-key.ts';
import type { Catalogue } from '../../../../src-server/services/context.ts';
import { openServiceFixture } from '../../../support/service-context.ts';
import { keyOf, provision, provisionedUser } from '../../../support/users.ts';

const fixture = openServiceFixture();
const { context, engine } = fixture;
after(() => fixture.close());

test('a key answers its user and secret; a change is seen at once', async () => {
  const { accessKeyId, secretAccessKey } = keyOf('ann');
  assert.equal(await resolveAccessKey(context, accessKeyId), undefined);
  await provision(context, { users: [{ ...provisionedUser('ann', 'user'), displayName: 'Ann' }] });

  const resolved = await resolveAccessKey(context, accessKeyId);
  assert.equal(resolved?.secret, secretAccessKey);
  assert.equal(resolved?.identity.name, 'ann');
  assert.equal(resolved?.identity.role, 'user');
  assert.equal(resolved?.identity.tenantId, null);
  assert.equal(resolved?.identity.displayName, 'Ann');
  assert.equal(resolved?.identity.accessKeyId, accessKeyId);
  assert.match(resolved?.identity.accountId ?? '', /^\d{12}$/);
  assert.match(resolved?.identity.canonicalId ?? '', /^[0-9a-f]{64}$/);
  assert.equal(await resolveAccessKey(context, accessKeyId), resolved, 'from the cache');

  await provision(context, { users: [{ name: 'ann', role: 'readonly' }] });
  assert.equal((await resolveAccessKey(context, accessKeyId))?.identity.role, 'readonly');
});

test('a disabled key and a disabled user are as good as none', async () => {
  await provision(context, { users: [provisionedUser('bea', 'user')] });
  const { accessKeyId } = keyOf('bea');
  const set = (sql: string) => engine.run((tx) => tx.run(sql));
  assert.ok(await resolveAccessKey(context, accessKeyId));
  await set("UPDATE access_key SET state = 'disabled' WHERE id = 'KEY-bea'");
  assert.equal(await resolveAccessKey(context, accessKeyId), undefined);
  await set("UPDATE access_key SET state = 'active' WHERE id = 'KEY-bea'");
  assert.ok(await resolveAccessKey(context, accessKeyId));
  await set("UPDATE iam_user SET state = 'disabled' WHERE name = 'bea'");
  assert.equal(await resolveAccessKey(context, accessKeyId), undefined);
});

test('a key sealed under another master key is refused, not an error', async () => {
  await provision(context, { users: [provisionedUser('cas', 'user')] });
  // A catalogue of its own for the cache: another thread of another install would have one.
  const catalogue: Catalogue = {
    read: (read) => context.catalogue.read(read),
    generation: () => context.catalogue.generation(),
  };
  const other = { ...fixture.withOtherMasterKey(), catalogue };
  assert.equal(await resolveAccessKey(other, keyOf('cas').accessKeyId), undefined);
});

test('secrets do not stand in the catalogue in clear', async () => {
  await provision(context, { users: [{ ...provisionedUser('dot', 'user'), password: 'planted-password' }] });
  const dump = await engine.run(async (tx) => [
    ...(await tx.all('SELECT * FROM access_key')),
    ...(await tx.all('SELECT * FROM iam_user')),
  ]);
  const text = JSON.stringify(dump, (_key, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
  );
  assert.ok(text.includes('KEY-dot'));
  assert.ok(!text.includes('secret-of-dot'));
  assert.ok(!text.includes('planted-password'));
  assert.ok(text.includes('$argon2id$v=19$m=65536,t=3,p=1$'));
});
