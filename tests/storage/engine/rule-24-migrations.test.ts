import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { MIGRATIONS } from '../../../src-server/db/migrations/index.ts';
import type { Migration } from '../../../src-server/db/migrations/migration.ts';
import { undoMigration } from '../../../src-server/engine/offline/undo-migration.ts';
import { verifyReplayEqualsCatalogue } from '../../../src-server/engine/offline/verify-replay.ts';
import { setCrashPointHandler } from '../../../src-server/platform/crash-point.ts';
import { logRecords, rows, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

afterEach(() => setCrashPointHandler(undefined));

const LATEST = MIGRATIONS.length;
const STEP: Migration = {
  to: LATEST + 1,
  statements: [
    'CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
    "INSERT INTO note (id, text) SELECT 1, count(*) || ' settings' FROM setting",
    'ALTER TABLE setting ADD COLUMN kind TEXT',
  ],
};
const NEXT = [...MIGRATIONS, STEP];
const MORE = [...NEXT, { to: LATEST + 2, statements: ['CREATE INDEX note_by_text ON note (text)'] }];

const version = (engine: Parameters<typeof rows>[0]): unknown =>
  engine.core.parts.db.pragma('user_version', { simple: true });

function assertEqual(fixture: EngineFixture, migrations: readonly Migration[]): void {
  const verdict = verifyReplayEqualsCatalogue({ dataDir: fixture.dataDir, disks: [fixture.disk('disk1')], migrations });
  assert.deepEqual(verdict.differences, []);
}

test('rule 24: a migration runs from a checkpoint, is a record of its own, and replays at its point', async () => {
  const fixture = new EngineFixture();
  try {
    const old = await fixture.open();
    for (const name of ['a', 'b']) await old.submit(put(name));
    await old.close();
    const fresh = await fixture.open({ migrations: MORE });
    assert.equal(version(fresh), LATEST + 2);
    assert.deepEqual(rows(fresh, 'SELECT text FROM note'), [{ text: '2 settings' }]);
    const before = fresh.keeper.newest;
    assert.equal(before?.schemaVersion, LATEST);
    await fresh.submit(async (tx) => tx.run("INSERT INTO setting (name, value, kind) VALUES ('c', 'x', 'y')"));
    await fresh.close();
    const kinds = logRecords([fixture.disk('disk1')]).map(({ record }) => record.kind);
    assert.deepEqual(kinds.slice(-3), ['migration', 'migration', 'commands']);
    // From the very beginning, under the old schema, through the step.
    assertEqual(fixture, MORE);
    const again = await fixture.open({ migrations: MORE });
    assert.equal(again.recovered.replayedRecords, 0);
    await again.close();
  } finally {
    fixture.remove();
  }
});

test('rule 24: an older release refuses the newer catalogue by name; a changed step is not replayed', async () => {
  const fixture = new EngineFixture();
  try {
    await (await fixture.open()).close();
    const fresh = await fixture.open({ migrations: NEXT });
    await fresh.close();
    await assert.rejects(fixture.open(), { name: 'NewerCatalogue' });
    const changed = [...MIGRATIONS, { ...STEP, statements: STEP.statements.slice(0, 1) }];
    assert.throws(() => assertEqual(fixture, changed), /is not the step that ran then/);
    assertEqual(fixture, NEXT);
  } finally {
    fixture.remove();
  }
});

test('rule 24: a step that fails leaves the catalogue and the log as they were', async () => {
  const fixture = new EngineFixture();
  try {
    const old = await fixture.open();
    await old.submit(put('a'));
    await old.close();
    const broken = [...MIGRATIONS, { to: LATEST + 1, statements: ['CREATE TABLE ok (x)', 'CREATE NONSENSE'] }];
    await assert.rejects(fixture.open({ migrations: broken }), /syntax error/);
    fixture.abandonAll();
    const again = await fixture.open();
    assert.equal(version(again), LATEST);
    assert.deepEqual(settings(again), ['a']);
    await again.close();
  } finally {
    fixture.remove();
  }
});

for (const point of ['migration-checkpointed', 'migration-applied', 'after-write', 'after-sync', 'after-commit']) {
  test(`rule 24: stopped at ${point}, the next start ends the migration`, async () => {
    const fixture = new EngineFixture();
    try {
      const old = await fixture.open();
      await old.submit(put('a'));
      await old.close();
      let isMigrating = false;
      setCrashPointHandler((name) => {
        isMigrating ||= name === 'migration-checkpointed';
        if (isMigrating && name === point) throw new Error('stopped here');
      });
      await assert.rejects(fixture.open({ migrations: NEXT }), /stopped here/);
      setCrashPointHandler(undefined);
      fixture.abandonAll();
      const again = await fixture.open({ migrations: NEXT });
      assert.equal(version(again), LATEST + 1);
      assert.deepEqual(rows(again, 'SELECT text FROM note'), [{ text: '1 settings' }]);
      await again.close();
      assertEqual(fixture, NEXT);
    } finally {
      fixture.remove();
    }
  });
}

test('rule 24: a migration is undone while no command follows it, and not after', async () => {
  const fixture = new EngineFixture();
  const install = { dataDir: fixture.dataDir, disks: [fixture.disk('disk1')], logDisk: fixture.disk('disk1') };
  try {
    const old = await fixture.open();
    await old.submit(put('a'));
    await old.close();
    await (await fixture.open({ migrations: MORE })).close();
    const report = undoMigration({ ...install, migrations: MORE });
    assert.equal(report.schemaVersion, LATEST);
    const back = await fixture.open();
    assert.equal(version(back), LATEST);
    assert.deepEqual(settings(back), ['a']);
    await back.submit(put('b'));
    await back.close();
    assertEqual(fixture, MIGRATIONS);
    assert.ok(readdirSync(fixture.dataDir).some((name) => name.includes('aside')));
    const forward = await fixture.open({ migrations: NEXT });
    await forward.submit(async (tx) => tx.run("INSERT INTO setting (name, value) VALUES ('c', 'x')"));
    await forward.close();
    assert.throws(() => undoMigration({ ...install, migrations: NEXT }), { name: 'MigrationStands' });
    assertEqual(fixture, NEXT);
  } finally {
    fixture.remove();
  }
});
