// node engine-child.ts JSON: runs the engine alone, so that a disk can fail or a release be another one, and says on
// stdout, a line each and before anything else happens, which writes were answered. Killed by STOWAGE_CRASH_AT.
import { fdatasyncSync, writeSync } from 'node:fs';
import { MIGRATIONS } from '../../../src-server/db/migrations/index.ts';
import type { Migration } from '../../../src-server/db/migrations/migration.ts';
import { runCatalogueTask } from '../../../src-server/engine/checkpoint/catalogue-tasks.ts';
import type { EngineDisk, EngineOptions } from '../../../src-server/engine/engine-options.ts';
import { nodeFileIo } from '../../../src-server/engine/log/file-io.ts';
import { undoMigration } from '../../../src-server/engine/offline/undo-migration.ts';
import { closeCore, type OpenCore, openCore } from '../../../src-server/engine/open-core.ts';
import { body, put, putBodies, submitTo } from '../../support/engine-fixture.ts';
import { FaultyIo, ON_SEGMENT } from '../../support/faulty-io.ts';

export interface ChildOrder {
  readonly scenario: 'failed-sync' | 'relocation' | 'migration' | 'undo';
  readonly dataDir: string;
  readonly disk: EngineDisk;
}

/** What another release would bring. */
export const NEXT_STEP: Migration = {
  to: (MIGRATIONS.at(-1)?.to ?? 0) + 1,
  statements: ['CREATE TABLE crash_test (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT'],
};

const order = process.argv[2];
// Imported for its exports as well.
if (order !== undefined && import.meta.main) await run(JSON.parse(order));

async function run({ scenario, dataDir, disk }: ChildOrder): Promise<void> {
  const options: EngineOptions = {
    dataDir,
    logDisk: disk,
    otherDisks: [],
    durability: scenario === 'relocation' ? 'balanced' : 'strict',
    createInstall: { logId: Buffer.alloc(16, 7) },
    limits: scenario === 'relocation' ? { syncEveryMs: 3_600_000 } : {},
  };
  switch (scenario) {
    case 'failed-sync':
      return failedSync(options);
    case 'relocation':
      return relocation(options);
    case 'migration':
      return migration(options);
    case 'undo':
      return undo(options);
  }
}

/** A sync fails: the void comes, then nobody was answered; what came before and after was. */
async function failedSync(options: EngineOptions): Promise<void> {
  const io = new FaultyIo();
  const engine = await open(options, io);
  for (const name of ['a', 'b', 'c']) await acknowledged(engine, name);
  io.fail('fdatasync', 'EIO', { matches: ON_SEGMENT });
  await acknowledged(engine, 'fails');
  await acknowledged(engine, 'd');
}

/** Answered batches whose sync fails are written again elsewhere; bodies among them. */
async function relocation(options: EngineOptions): Promise<void> {
  const io = new FaultyIo();
  const engine = await open(options, io);
  for (const name of ['a', 'b']) await acknowledged(engine, name);
  await submitTo(engine, putBodies('body'), [body(1), body(2)]);
  await acknowledged(engine, 'c');
  io.fail('fdatasync', 'EIO', { matches: ON_SEGMENT });
  await engine.core.syncPast(engine.core.parts.head.last.sequence);
  await acknowledged(engine, 'd');
}

async function migration(options: EngineOptions): Promise<void> {
  const before = await open(options);
  for (const name of ['a', 'b']) await acknowledged(before, name);
  await closeCore(before);
  const after = await open({ ...options, migrations: [...MIGRATIONS, NEXT_STEP] });
  await acknowledged(after, 'c');
}

async function undo(options: EngineOptions): Promise<void> {
  const before = await open(options);
  for (const name of ['a', 'b']) await acknowledged(before, name);
  await closeCore(before);
  const migrations = [...MIGRATIONS, NEXT_STEP];
  await closeCore(await open({ ...options, migrations }));
  const { dataDir, logDisk } = options;
  undoMigration({ dataDir, logDisk, disks: [logDisk], migrations });
}

async function acknowledged(engine: OpenCore, name: string): Promise<void> {
  try {
    await submitTo(engine, put(name));
  } catch {
    return;
  }
  // Synchronous: what follows may be the end.
  writeSync(1, `${name}\n`);
}

function open(options: EngineOptions, faults = new FaultyIo()): Promise<OpenCore> {
  return openCore(options, {
    io: faults.wrap(nodeFileIo(async (fd) => fdatasyncSync(fd))),
    runTask: async (task) => runCatalogueTask(task, () => true),
    hooks: {
      onSettled: () => undefined,
      onFatal: (error) => fail(error),
      onRefused: (reason) => fail(reason),
      onBatchFailed: () => undefined,
    },
    generation: new SharedArrayBuffer(64),
    nowMs: Date.now,
  });
}

function fail(reason: unknown): never {
  console.error(reason);
  process.exit(1);
}
