import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { loadConfig } from '../../../../src-server/config/load.ts';
import type { Identity } from '../../../../src-server/services/identity.ts';
import { changeSettings } from '../../../../src-server/services/settings/change-settings.ts';
import { listSettings } from '../../../../src-server/services/settings/list-settings.ts';
import type { RunningSettings } from '../../../../src-server/services/settings/running-settings.ts';
import { openServiceFixture, type ServiceFixture } from '../../../support/service-context.ts';
import { identityOf, provision, provisionedUser } from '../../../support/users.ts';

describe('changeSettings', () => {
  let fixture: ServiceFixture;
  let identity: Identity;
  let applied: string[];
  let running: RunningSettings;
  beforeEach(async () => {
    fixture = openServiceFixture();
    await provision(fixture.context, { users: [provisionedUser('ops', 'admin')] });
    identity = await identityOf(fixture.context, 'ops');
    applied = [];
    running = runningFrom({});
  });
  afterEach(() => fixture.close());

  function runningFrom(env: Readonly<Record<string, string>>): RunningSettings {
    const loaded = loadConfig({
      args: ['--data-dir', fixture.dataDir],
      env,
      cwd: '/',
      stderrIsTerminal: false,
      readTextFile: () => '',
    });
    return {
      loaded,
      live: () => new Map([['durability', applied.at(-1) ?? 'strict']]),
      apply: async ({ durability }) => {
        applied.push(durability);
      },
    };
  }
  const change = (changes: Record<string, string | number | boolean | null>) =>
    changeSettings(fixture.context, running, identity, new Map(Object.entries(changes)));
  const setting = async (name: string) =>
    (await listSettings(fixture.context, running, identity)).find((facts) => facts.name === name);

  it('refuses an address on which the next start could not listen', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      await assert.rejects(change({ s3Address: `127.0.0.1:${port}` }), {
        where: 's3Address',
        what: 'another program listens there',
      });
      await assert.rejects(change({ consoleAddress: '192.0.2.1:0' }), {
        where: 'consoleAddress',
        what: 'this machine has no such address',
      });
    } finally {
      other.close();
    }
    assert.equal((await setting('s3Address'))?.isWaiting, false);
  });

  it('takes an address that is free, for the next start', async () => {
    await change({ s3Address: '0.0.0.0:0' });
    const facts = await setting('s3Address');
    assert.deepEqual([facts?.value, facts?.storedValue, facts?.isWaiting], ['127.0.0.1:9000', '0.0.0.0:0', true]);
  });

  it('has no secret among what may be stored', async () => {
    const secrets = (await listSettings(fixture.context, running, identity)).filter(({ isSecret }) => isSecret);
    assert.ok(secrets.length > 0);
    assert.deepEqual(
      secrets.filter(({ leaf, storedValue }) => leaf.storable || storedValue !== undefined),
      [],
    );
  });

  it('refuses settings that contradict what an option gives', async () => {
    running = runningFrom({ STOWAGE_TLS_SELF_SIGNED: '1' });
    await assert.rejects(change({ 'tls.cert': '/c.pem', 'tls.key': '/k.pem' }), { where: 'STOWAGE_TLS_SELF_SIGNED' });
    await assert.rejects(change({ 'tls.selfSigned': false }), { what: 'is set by STOWAGE_TLS_SELF_SIGNED' });
  });

  it('lets durability take effect at once, and tells who watches', async () => {
    const told: string[] = [];
    fixture.context.events.subscribe(({ kind }, audience) => told.push(`${kind} to ${String(audience)}`));
    await change({ durability: 'relaxed' });
    assert.deepEqual([applied, told], [['relaxed'], ['settings to operators']]);
  });

  it('holds changes that came at the same time together, or neither', async () => {
    const outcomes = await Promise.allSettled([
      change({ 'bin.keepDays': 7 }),
      change({ region: 'eu-1' }),
      change({ domain: 's3.example.com' }),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'fulfilled'],
    );
    assert.deepEqual(
      [
        (await setting('bin.keepDays'))?.storedValue,
        (await setting('region'))?.storedValue,
        (await setting('domain'))?.storedValue,
      ],
      [7, 'eu-1', 's3.example.com'],
    );
  });
});
