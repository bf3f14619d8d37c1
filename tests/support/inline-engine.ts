import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUDITED_COMMANDS } from '../../src-server/commands/audit/audited-commands.ts';
import type { Command, Placement } from '../../src-server/commands/command.ts';
import { MIGRATIONS } from '../../src-server/db/migrations/index.ts';
import { createCatalogue } from '../../src-server/db/migrations/run-migrations.ts';
import { openDatabase, type SqliteDatabase } from '../../src-server/db/sqlite/open-database.ts';
import { SHARED_WORDS, SHARED_WORDS_BYTES, SqliteCatalogue } from '../../src-server/db/sqlite/sqlite-catalogue.ts';
import { SqliteWriteTx } from '../../src-server/db/sqlite/sqlite-write-tx.ts';
import { WriteSession } from '../../src-server/db/sqlite/write-session.ts';
import type { SqlValue, WriteTx } from '../../src-server/db/tx.ts';
import type { AuditActor } from '../../src-server/domain/audit.ts';
import type { ContainerId, SequenceId } from '../../src-server/domain/ids.ts';
import type { CommitEngine, ReadyFrames } from '../../src-server/engine/commit-engine.ts';

type AnyCommand = Command<never, unknown>;
type Submitted = [name: string, input: unknown, ready?: readonly ReadyFrames[], actor?: AuditActor];

/** Disk and container that hold the frames of every submitted body. */
export const INLINE_DISK = { id: 1, uuid: '00000000-0000-4000-8000-000000000001', name: 'disk-1' } as const;
export const INLINE_CONTAINER = { id: 2, name: '0000000000000001.log' } as const;
const FIRST_FREE_ID = 4096;
const FIRST_OFFSET = 4096;

/** A CommitEngine for unit tests: commands run in this thread on a temporary catalogue, in savepoints, without a log. */
export interface InlineEngine {
  readonly client: CommitEngine;
  readonly catalogue: SqliteCatalogue;
  /** Submitted frames by `container name@offset`, so that a body store of a test can read them back. */
  readonly frames: ReadonlyMap<string, Uint8Array>;
  /** Runs SQL as a command would: for arranging and for looking. */
  run<T>(body: (tx: WriteTx) => Promise<T>): Promise<T>;
  close(): void;
}

export interface InlineEngineOptions {
  /** Also write the frames there, where a body store reads containers of the log. */
  readonly writeFrames?: (containerName: string, offset: number, bytes: Uint8Array) => void;
  readonly commands?: Readonly<Record<string, AnyCommand>>;
}

/** Opens a fresh catalogue in a temporary folder, removed by `close`. */
export function openInlineEngine(options: InlineEngineOptions = {}): InlineEngine {
  const commands: Readonly<Record<string, AnyCommand>> = options.commands ?? AUDITED_COMMANDS;
  const folder = mkdtempSync(join(tmpdir(), 'stowage-inline-'));
  const path = join(folder, 'catalogue.db');
  const db = openDatabase(path);
  createCatalogue(db, MIGRATIONS);
  arrangeDisk(db);
  const session = new WriteSession(db);
  const generation = new SharedArrayBuffer(SHARED_WORDS_BYTES);
  const shared = new BigUint64Array(generation);
  const frames = new Map<string, Uint8Array>();
  let lastId = FIRST_FREE_ID;
  let nextOffset = FIRST_OFFSET;
  const tx = new SqliteWriteTx(
    session.statements,
    {
      record: (_sql: string, _parameters: readonly SqlValue[], _changes: number, raises: boolean) => {
        if (raises) Atomics.add(shared, SHARED_WORDS.generation, 1n);
      },
    },
    // Test double of the engine's sequence; only the engine mints these elsewhere.
    { nextId: () => ++lastId as SequenceId },
  );

  let queue: Promise<unknown> = Promise.resolve();
  const inTransaction = <T>(body: () => Promise<T>): Promise<T> => {
    const turn = queue.then(async () => {
      session.begin();
      try {
        const output = await body();
        session.commit();
        Atomics.add(shared, SHARED_WORDS.commits, 1n);
        return output;
      } catch (error) {
        session.rollback();
        throw error;
      }
    });
    queue = turn.catch(() => undefined);
    return turn;
  };
  const place = (ready: readonly ReadyFrames[]): Placement[] =>
    ready.map((bytes) => {
      const offset = nextOffset;
      nextOffset = offset + Math.ceil(bytes.length / 8) * 8;
      frames.set(`${INLINE_CONTAINER.name}@${offset}`, Uint8Array.from(bytes));
      options.writeFrames?.(INLINE_CONTAINER.name, offset, bytes);
      return { containerId: INLINE_CONTAINER.id as number as ContainerId, offset };
    });
  const submit = (...[name, input, ready = [], actor]: Submitted): Promise<unknown> => {
    const command = commands[name];
    if (command === undefined) return Promise.reject(new Error(`no command ${name}`));
    // What crosses to the commit thread is cloned; a command must not depend on identity. Its name fixes the input's type.
    const cloned = structuredClone(input) as never;
    return inTransaction(() => command(tx, cloned, place(ready), actor));
  };
  return {
    client: { submit } as CommitEngine,
    catalogue: new SqliteCatalogue({ path, generation }),
    frames,
    run: (body) => inTransaction(() => body(tx)),
    close() {
      this.catalogue.close();
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function arrangeDisk(db: SqliteDatabase): void {
  db.prepare(`INSERT INTO disk (id, uuid, name, tier, state, created_ms) VALUES (?, ?, ?, 'hot', 'ok', 0)`).run(
    INLINE_DISK.id,
    INLINE_DISK.uuid,
    INLINE_DISK.name,
  );
  db.prepare(
    `INSERT INTO container (id, name, kind, state, generation, length, live_bytes, created_ms) VALUES (?, ?, 'log', 'open', 1, 0, 0, 0)`,
  ).run(INLINE_CONTAINER.id, INLINE_CONTAINER.name);
  db.prepare(`INSERT INTO replica (container_id, disk_id, state, generation) VALUES (?, ?, 'ok', 1)`).run(
    INLINE_CONTAINER.id,
    INLINE_DISK.id,
  );
}
