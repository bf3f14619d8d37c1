import { fdatasyncSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, Placement } from '../../src-server/commands/command.ts';
import type { CommandTraits } from '../../src-server/commands/command-traits.ts';
import { SHARED_WORDS_BYTES } from '../../src-server/db/sqlite/sqlite-catalogue.ts';
import { insertBodyExtent } from '../../src-server/db/tables/body-extent.ts';
import { growContainer } from '../../src-server/db/tables/container.ts';
import { insertExtent } from '../../src-server/db/tables/extent.ts';
import type { WriteTx } from '../../src-server/db/tx.ts';
import type { BodyId, ExtentId } from '../../src-server/domain/ids.ts';
import { runCatalogueTask } from '../../src-server/engine/checkpoint/catalogue-tasks.ts';
import { totalBytes } from '../../src-server/engine/core/submission.ts';
import type { EngineDisk, EngineOptions, EngineStopped } from '../../src-server/engine/engine-options.ts';
import { type FileIo, nodeFileIo } from '../../src-server/engine/log/file-io.ts';
import { closeCore, type EnginePorts, type OpenCore, openCore } from '../../src-server/engine/open-core.ts';

/** An engine in this thread, with what a test wants to see or replace. */
export interface EngineUnderTest extends OpenCore {
  /** Why it stopped itself, if it did. */
  readonly fatal: { error: EngineStopped | undefined };
  readonly refused: string[];
  submit<T>(command: Command<undefined, T>, frames?: readonly Uint8Array[], traits?: CommandTraits): Promise<T>;
  close(): Promise<void>;
  isOver(): boolean;
  /** Lets go of files as a killed process would: nothing is synced, checkpointed or answered. */
  abandon(): void;
}

export interface Overrides extends Partial<EngineOptions> {
  /** Wraps the file primitives, to make them fail. */
  readonly io?: (io: FileIo) => FileIo;
  readonly ports?: Partial<EnginePorts>;
}

export const ORDINARY: CommandTraits = { space: 'write', priority: 'foreground' };
export const FREES: CommandTraits = { space: 'free', priority: 'foreground' };

/** A data folder and disks in a temporary folder. */
export class EngineFixture {
  readonly root = mkdtempSync(join(tmpdir(), 'stowage-engine-'));
  readonly dataDir = join(this.root, 'data');
  #open: EngineUnderTest[] = [];
  nowMs = 1_700_000_000_000;

  constructor() {
    mkdirSync(this.dataDir);
  }

  disk(name: string): EngineDisk {
    const path = join(this.root, name);
    mkdirSync(path, { recursive: true });
    const digit = (name.charCodeAt(name.length - 1) % 16).toString(16);
    const uuid = `00000000-0000-4000-8000-${digit.repeat(12)}`;
    return { uuid, name, tier: 'hot', path, device: statSync(path).dev };
  }

  options(overrides: Overrides = {}): EngineOptions {
    const { io: _io, ports: _ports, ...options } = overrides;
    return {
      dataDir: this.dataDir,
      logDisk: this.disk('disk1'),
      otherDisks: [],
      durability: 'strict',
      createInstall: { logId: Buffer.alloc(16, 7) },
      ...options,
    };
  }

  async open(overrides: Overrides = {}): Promise<EngineUnderTest> {
    const fatal: EngineUnderTest['fatal'] = { error: undefined };
    const refused: string[] = [];
    const plain = nodeFileIo(async (fd) => fdatasyncSync(fd));
    const opened = await openCore(this.options(overrides), {
      io: overrides.io?.(plain) ?? plain,
      runTask: async (task) => runCatalogueTask(task, () => true),
      hooks: {
        onSettled: () => undefined,
        onFatal: (error) => {
          fatal.error = error;
        },
        onRefused: (reason) => void refused.push(reason),
        onBatchFailed: () => undefined,
      },
      generation: new SharedArrayBuffer(SHARED_WORDS_BYTES),
      nowMs: () => this.nowMs++,
      ...overrides.ports,
    });
    const engine = this.#wrap(opened, fatal, refused);
    this.#open.push(engine);
    return engine;
  }

  makeDataDir(): void {
    mkdirSync(this.dataDir);
  }

  abandonAll(): void {
    for (const engine of this.#open) engine.abandon();
  }

  removeFile(path: string): void {
    rmSync(path);
  }

  remove(): void {
    this.abandonAll();
    rmSync(this.root, { recursive: true, force: true });
  }

  #wrap(opened: OpenCore, fatal: EngineUnderTest['fatal'], refused: string[]): EngineUnderTest {
    const forget = (engine: EngineUnderTest): void => {
      this.#open = this.#open.filter((one) => one !== engine);
    };
    let over = false;
    return {
      ...opened,
      isOver: () => over,
      fatal,
      refused,
      submit: (command, frames = [], traits = ORDINARY) => submitTo(opened, command, frames, traits),
      async close() {
        over = true;
        forget(this);
        await closeCore(opened);
      },
      abandon() {
        over = true;
        forget(this);
        opened.core.abandon();
        opened.core.parts.head.close();
        opened.core.parts.db.close();
      },
    };
  }
}

/** Runs a command as the engine's server would; resolves or rejects with its outcome. */
export function submitTo<T>(
  opened: OpenCore,
  command: Command<undefined, T>,
  frames: readonly Uint8Array[] = [],
  traits: CommandTraits = ORDINARY,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    opened.core.submit({
      // Its input is `undefined`, as given below.
      command: command as Command<never, unknown>,
      input: undefined,
      frames,
      frameBytes: totalBytes(frames),
      traits,
      settle: (outcome) => (outcome.ok ? resolve(outcome.value as T) : reject(outcome.error)),
    });
  });
}

const PUT_SETTING = 'INSERT INTO setting (name, value) VALUES (?, ?)';

/** A command that sets a name once; a second time it is a constraint error. */
export function put(name: string, value = `value of ${name}`): Command<undefined, string> {
  return async (tx) => {
    await tx.run(PUT_SETTING, name, value);
    return name;
  };
}

/** A command that stores each frame as an extent of its own, as a put of small bodies does; answers their places. */
export function putBodies(uid: string): Command<undefined, readonly Placement[]> {
  return async (tx, _input, placed) => {
    for (const [index, place] of placed.entries()) await insertBody(tx, `${uid}-${index}`, place);
    return placed;
  };
}

export const BODY_BYTES = 1000;

export function body(fill: number): Uint8Array {
  return Buffer.alloc(BODY_BYTES, fill);
}

async function insertBody(tx: WriteTx, uid: string, place: Placement): Promise<void> {
  const id = tx.nextId() as ExtentId;
  const bodyId = tx.nextId() as BodyId;
  await insertExtent(tx, {
    id,
    uid: Buffer.from(uid),
    containerId: place.containerId,
    containerOffset: place.offset,
    headerLength: 0,
    storedLength: BODY_BYTES,
    plainLength: BODY_BYTES,
    codec: 'plain',
  });
  await insertBodyExtent(tx, { bodyId, bodyOffset: 0, extentId: id, extentOffset: 0, length: BODY_BYTES });
  await growContainer(tx, place.containerId, BODY_BYTES, place.offset + BODY_BYTES);
}
