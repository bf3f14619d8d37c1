import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import { acquireLock } from '../db/sqlite/exclusive-lock.ts';
import { SqliteCatalogue } from '../db/sqlite/sqlite-catalogue.ts';
import { type EngineHost, openEngine } from '../engine/engine-host.ts';
import { CATALOGUE_FILE } from '../engine/engine-options.ts';
import type { Logger } from '../observability/logger.ts';
import { inspectFolder } from '../platform/disk-folder.ts';
import { nodeFileSystem } from '../platform/fs-port.ts';
import { newLockClockMemory } from '../platform/lock-clock.ts';
import { newRateMemory } from '../platform/rate-table.ts';
import { installTagOf } from '../storage/create-body-store.ts';
import { createIoPool } from '../storage/io-pool.ts';
import { type MasterKey, openMasterKey } from '../storage/master-key.ts';
import { ReaderPins } from '../storage/reader-pins.ts';
import { recoverDisk } from '../tiers/recover-disk.ts';
import { type DebugLimits, debugLimits } from './debug-limits.ts';
import { describeDisks, openDisks, type StartDisks } from './disks.ts';
import { openServiceThread, type ServiceSeed, type ServiceThread } from './service-thread.ts';

/** Held by the process that uses the data dir. */
export const DATA_LOCK_FILE = 'lock';

/** Data dir, disks, keys and engine of one process: everything below a service thread. */
export interface Storage {
  /** Undefined in service. */
  readonly limits: DebugLimits | undefined;
  readonly disks: StartDisks;
  readonly engine: EngineHost;
  readonly masterKey: MasterKey;
  /** A seed for one more HTTP thread. */
  seed(config: Config): ServiceSeed;
  /** The adapters of this thread. */
  openThread(config: Config): ServiceThread;
}

export interface StorageOptions {
  readonly log: Logger;
  /** The engine or a thread cannot go on. */
  readonly die: (cause: unknown) => void;
  readonly hostMasterKey?: Buffer | undefined;
}

/**
 * Takes the data dir and the disks, opens the engine and starts the I/O workers; `stack` disposes them in reverse.
 * Throws LockHeld, DiskRefused, MasterKeyUnusable, WrongMasterKey, InstallMismatch, EngineStopped.
 */
export async function openStorage(
  config: Config,
  { log, die, hostMasterKey }: StorageOptions,
  stack: AsyncDisposableStack,
): Promise<Storage> {
  const { dataDir } = config;
  const limits = debugLimits(config.debug, process.env);
  const lock = acquireLock(join(dataDir, DATA_LOCK_FILE));
  stack.defer(() => lock.release());
  const disks = await openDisks(config, false);
  stack.defer(() => disks.attached.release());
  const { installId } = disks.attached;
  const credentialsDirectory = process.env.CREDENTIALS_DIRECTORY;
  const masterKey = await openMasterKey({
    dataDir,
    installId,
    masterKeyFile: config.masterKeyFile,
    credentialsDirectory,
    hostKey: hostMasterKey,
    mayCreate: disks.attached.firstRun && (await inspectFolder(join(dataDir, CATALOGUE_FILE))).kind === 'absent',
  });
  for (const disk of disks.attached.disks) if (disk.present) await recoverDisk(nodeFileSystem, disk.path, Date.now());
  const pins = new ReaderPins();
  const engine = await startEngine(config, disks, { pins: pins.memory, log, die, limits: limits?.engine });
  stack.defer(() => engine.close());
  const installTag = installTagOf(installId);
  const pool = createIoPool({
    workers: config.threads.io,
    installTag,
    segmentBytes: limits?.tierSegmentBytes,
    onDeath: die,
  });
  stack.defer(() => pool.close());
  const diskState = await describeStartDisks(disks, engine);
  const lockClock = newLockClockMemory();
  const rates = newRateMemory();
  const seed = (of: Config): ServiceSeed => ({
    config: of,
    generation: engine.generation,
    enginePort: engine.connect(),
    ioPorts: pool.connect(),
    disks: diskState,
    pins: pins.memory,
    rates,
    installTag,
    masterKey: masterKey.key,
    lockClock,
  });
  return { limits, disks, engine, masterKey, seed, openThread: (of) => openServiceThread(seed(of), log) };
}

async function startEngine(
  { dataDir, durability }: Config,
  { attached, logDisk, otherDisks }: StartDisks,
  {
    pins,
    log,
    die,
    limits,
  }: {
    readonly pins: SharedArrayBuffer;
    readonly log: Logger;
    die(cause: unknown): void;
    readonly limits: DebugLimits['engine'] | undefined;
  },
): Promise<EngineHost> {
  const createInstall = attached.firstRun ? { logId: Uint8Array.from(randomBytes(16)) } : undefined;
  const engine = await openEngine(
    { dataDir, logDisk, otherDisks, durability, createInstall, limits: limits ?? {} },
    pins,
  );
  const { replayedRecords, unclean, refusedReason } = engine.start;
  log.info({ replayedRecords, unclean, durability, disk: logDisk.name }, 'catalogue and log are open');
  if (refusedReason !== undefined) log.error({ reason: refusedReason }, 'writes are refused');
  engine.on('fatal', die);
  engine.on('refused', (reason) => log.error({ reason }, 'writes are refused from now on'));
  engine.on('checkpoint-failed', (reason) => log.warn({ reason }, 'no checkpoint could be made; it is tried again'));
  return engine;
}

async function describeStartDisks(disks: StartDisks, engine: EngineHost) {
  const catalogue = new SqliteCatalogue({ path: engine.cataloguePath, generation: engine.generation });
  try {
    return await describeDisks(disks, catalogue);
  } finally {
    catalogue.close();
  }
}
