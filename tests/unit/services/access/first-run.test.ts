import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../../../../src-server/config/config-error.ts';
import { claimSetup } from '../../../../src-server/services/access/claim-setup.ts';
import {
  ensureRootKey,
  ROOT_CREDENTIALS_FILE,
  SETUP_TOKEN_FILE,
  writeFirstRunFiles,
} from '../../../../src-server/services/access/first-run.ts';
import { verifyPassword } from '../../../../src-server/services/access/password.ts';
import { resetRootKey } from '../../../../src-server/services/access/reset-root-key.ts';
import { resolveAccessKey } from '../../../../src-server/services/access/resolve-access-key.ts';
import { openServiceFixture, type ServiceFixture } from '../../../support/service-context.ts';
import { keyOf, provision, provisionedUser } from '../../../support/users.ts';

const CONFIGURED = { accessKeyId: 'host-key', secretAccessKey: 'host-secret' };

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

async function countUsers({ engine }: ServiceFixture, name: string): Promise<number> {
  return engine.run(async (tx) => (await tx.all('SELECT id FROM iam_user WHERE name = ?', name)).length);
}

test(
  'the first start makes root, a random key and a token; later starts show the same and write nothing',
  withFixture(async ({ context, submitted }) => {
    const first = await ensureRootKey(context, undefined);
    assert.equal(first.claimed, false);
    assert.match(first.rootCredentials?.accessKeyId ?? '', /^STOW[A-Z2-7]{16}$/);
    assert.equal(first.rootCredentials?.secretAccessKey.length, 40);
    assert.ok((first.setupToken?.length ?? 0) >= 43);
    const resolved = await resolveAccessKey(context, first.rootCredentials?.accessKeyId ?? '');
    assert.equal(resolved?.identity.role, 'root');
    assert.equal(resolved?.secret, first.rootCredentials?.secretAccessKey);
    const commands = submitted.length;
    assert.deepEqual(await ensureRootKey(context, undefined), first);
    assert.equal(submitted.length, commands);
  }),
);

test(
  'two installs have different keys and tokens',
  withFixture(async (a) =>
    withFixture(async (b) => {
      const [one, two] = [await ensureRootKey(a.context, undefined), await ensureRootKey(b.context, undefined)];
      assert.notEqual(one.rootCredentials?.accessKeyId, two.rootCredentials?.accessKeyId);
      assert.notEqual(one.rootCredentials?.secretAccessKey, two.rootCredentials?.secretAccessKey);
      assert.notEqual(one.setupToken, two.setupToken);
    })(),
  ),
);

test(
  "a key of the host is root's only one, is not shown, and replaces the one before",
  withFixture(async (fixture) => {
    const { context, submitted } = fixture;
    const random = await ensureRootKey(context, undefined);
    const given = await ensureRootKey(context, CONFIGURED);
    assert.equal(given.rootCredentials, undefined);
    assert.equal(given.setupToken, random.setupToken);
    assert.equal((await resolveAccessKey(context, 'host-key'))?.secret, 'host-secret');
    assert.equal(await resolveAccessKey(context, random.rootCredentials?.accessKeyId ?? ''), undefined);
    const commands = submitted.length;
    await ensureRootKey(context, CONFIGURED);
    assert.equal(submitted.length, commands);
    await ensureRootKey(context, { ...CONFIGURED, secretAccessKey: 'another-secret' });
    assert.equal((await resolveAccessKey(context, 'host-key'))?.secret, 'another-secret');
    assert.equal(await countUsers(fixture, 'root'), 1);
  }),
);

test(
  "a key id that a user has cannot become root's",
  withFixture(async ({ context }) => {
    await provision(context, { users: [provisionedUser('ann', 'user')] });
    await assert.rejects(ensureRootKey(context, keyOf('ann')), ConfigError);
    assert.equal((await resolveAccessKey(context, keyOf('ann').accessKeyId))?.identity.role, 'user');
  }),
);

test(
  'the files are private, and go when the install is claimed; it is claimed once',
  withFixture(async (fixture) => {
    const { context, dataDir } = fixture;
    const firstRun = await ensureRootKey(context, undefined);
    await writeFirstRunFiles(dataDir, firstRun);
    const [credentials, token] = [join(dataDir, ROOT_CREDENTIALS_FILE), join(dataDir, SETUP_TOKEN_FILE)];
    assert.deepEqual(JSON.parse(readFileSync(credentials, 'utf8')), firstRun.rootCredentials);
    assert.equal(readFileSync(token, 'utf8').trim(), firstRun.setupToken);
    for (const file of [credentials, token]) assert.equal(statSync(file).mode & 0o777, 0o600);

    const claim = (name: string, setupToken: string) =>
      claimSetup(context, { token: setupToken, name, password: 'correct horse' });
    const setupToken = firstRun.setupToken ?? '';
    assert.deepEqual(await claim('eve', 'guess'), { kind: 'wrong-token' });
    assert.deepEqual(await claim('eve', ''), { kind: 'wrong-token' });
    assert.deepEqual(await claim('root', setupToken), { kind: 'name-taken' });
    assert.ok(existsSync(token));
    const both = await Promise.all([claim('ada', setupToken), claim('bob', setupToken)]);
    assert.deepEqual(both.map((outcome) => outcome.kind).sort(), ['already-claimed', 'claimed']);
    assert.deepEqual(await claim('eve', setupToken), { kind: 'already-claimed' });
    assert.ok(!existsSync(token) && !existsSync(credentials));

    const rows = await fixture.engine.run((tx) =>
      tx.all<{ role: string; password_hash: string }>("SELECT role, password_hash FROM iam_user WHERE role <> 'root'"),
    );
    assert.equal(rows.length, 1);
    assert.equal(rows[0]?.role, 'admin');
    assert.ok(await verifyPassword(rows[0]?.password_hash ?? '', 'correct horse'));
    assert.ok(!(await verifyPassword(rows[0]?.password_hash ?? '', 'Correct horse')));

    const later = await ensureRootKey(context, undefined);
    assert.deepEqual(later, { claimed: true, rootCredentials: undefined, setupToken: undefined });
  }),
);

test(
  'a provisioned admin with a password counts as claimed: no token, no key of root that nobody knows',
  withFixture(async (fixture) => {
    const { context, dataDir } = fixture;
    await provision(context, { users: [{ ...provisionedUser('ada', 'admin'), password: 'from the file' }] });
    const firstRun = await ensureRootKey(context, undefined);
    assert.deepEqual(firstRun, { claimed: true, rootCredentials: undefined, setupToken: undefined });
    await writeFirstRunFiles(dataDir, firstRun);
    assert.ok(!existsSync(join(dataDir, SETUP_TOKEN_FILE)));
    assert.equal(await countUsers(fixture, 'root'), 1);
    assert.deepEqual(await fixture.engine.run((tx) => tx.all("SELECT id FROM access_key WHERE id <> 'KEY-ada'")), []);
    assert.equal((await claimSetup(context, { token: '', name: 'eve', password: 'x' })).kind, 'already-claimed');
  }),
);

test(
  'an admin without a password, or of one tenant only, does not claim the install',
  withFixture(async ({ context }) => {
    await provision(context, {
      tenants: [{ name: 'a' }],
      users: [provisionedUser('keys-only', 'admin'), { ...provisionedUser('boss', 'admin', 'a'), password: 'secret' }],
    });
    assert.equal((await ensureRootKey(context, undefined)).claimed, false);
  }),
);

test(
  'provisioning an admin later spends the token that stood',
  withFixture(async (fixture) => {
    const { context } = fixture;
    const { setupToken } = await ensureRootKey(context, undefined);
    await provision(context, { users: [{ ...provisionedUser('ada', 'admin'), password: 'from the file' }] });
    assert.deepEqual(await fixture.engine.run((tx) => tx.all('SELECT name FROM setting')), []);
    const outcome = await claimSetup(context, { token: setupToken ?? '', name: 'eve', password: 'x' });
    assert.equal(outcome.kind, 'already-claimed');
  }),
);

test(
  'root-key reset: a new key and file, the old key ends, also one that was disabled',
  withFixture(async ({ context, dataDir, engine }) => {
    await ensureRootKey(context, CONFIGURED);
    await engine.run((tx) => tx.run("UPDATE access_key SET state = 'disabled'"));
    const key = await resetRootKey(context);
    assert.deepEqual(JSON.parse(readFileSync(join(dataDir, ROOT_CREDENTIALS_FILE), 'utf8')), key);
    assert.equal((await resolveAccessKey(context, key.accessKeyId))?.identity.role, 'root');
    assert.equal(await resolveAccessKey(context, 'host-key'), undefined);
  }),
);

test(
  'without the master key an unclaimed install gets a new key and token',
  withFixture(async (fixture) => {
    const first = await ensureRootKey(fixture.context, undefined);
    const second = await ensureRootKey(fixture.withOtherMasterKey(), undefined);
    assert.notDeepEqual(second.rootCredentials, first.rootCredentials);
    assert.notEqual(second.setupToken, first.setupToken);
    assert.equal(await countUsers(fixture, 'root'), 1);
  }),
);
