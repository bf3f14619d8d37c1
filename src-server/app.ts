import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createAppMetrics } from './app/app-metrics.ts';
import type { App, AppOptions } from './app/application.ts';
import { announceFirstRun, applyProvisionFile, withStoredSettings } from './app/bring-up-access.ts';
import { type DebugLimits, debugLimits } from './app/debug-limits.ts';
import { describeDisks, openDisks, type StartDisks } from './app/disks.ts';
import { healthFacts } from './app/health.ts';
import { startHttpThreads } from './app/http-threads.ts';
import { openServiceThread, type ServiceSeed, type ServiceThread } from './app/service-thread.ts';
import { startJobs } from './app/start-jobs.ts';
import { urlHost } from './config/address.ts';
import type { Config } from './config/schema.ts';
import { loadTlsPair } from './config/tls-pair.ts';
import { startConsole } from './console/start-console.ts';
import { acquireLock } from './db/sqlite/exclusive-lock.ts';
import { SqliteCatalogue } from './db/sqlite/sqlite-catalogue.ts';
import { type EngineHost, openEngine } from './engine/engine-host.ts';
import type { Logger } from './observability/logger.ts';
import { createS3Metrics } from './observability/s3-metrics.ts';
import { startS3Listener } from './s3/listener.ts';
import { installTagOf } from './storage/create-body-store.ts';
import { createIoPool } from './storage/io-pool.ts';
import { type MasterKey, openMasterKey } from './storage/master-key.ts';
import { ReaderPins } from './storage/reader-pins.ts';

/** Held by the process that uses the data dir. */
export const DATA_LOCK_FILE = 'lock';
const EXIT_ENGINE_STOPPED = 4;

/**
 * Builds everything once, bottom up, and disposes it in reverse: data dir and disks, keys, engine, threads, jobs, ports.
 * Throws what prevents the start (ConfigError, LockHeld, DiskRefused, InstallMismatch, EngineStopped, listen errors),
 * having undone the rest.
 */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const stack = new AsyncDisposableStack();
  try {
    return await build(config, options, stack);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function build(given: Config, options: AppOptions, stack: AsyncDisposableStack): Promise<App> {
  const { log, loaded } = options;
  const failed = Promise.withResolvers<number>();
  const die = (cause: unknown): void => {
    log.fatal({ err: cause }, 'the server cannot go on');
    failed.resolve(EXIT_ENGINE_STOPPED);
  };
  const storage = await openStorage(given, log, die, stack);
  const first = storage.openThread(given);
  stack.defer(() => first.close());
  // Nobody appends yet: what the last process left open takes no more.
  await first.context.engine.submit('seal-segments', { names: 'all' });
  await applyProvisionFile(first.context);
  const config = await withStoredSettings(loaded, first.context);
  const thread: ServiceThread = { ...first, context: { ...first.context, config } };
  options.onContext?.(thread.context);
  await announceFirstRun(thread.context, storage.masterKey.newRecoveryKit, options.stderrIsTerminal);
  await storage.disks.attached.completeFirstRun();
  return openPorts(config, thread, { ...storage, options, failed: failed.promise, die }, stack);
}

interface Storage {
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

async function openStorage(
  config: Config,
  log: Logger,
  die: (cause: unknown) => void,
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
  });
  const engine = await startEngine(config, disks, { log, die, limits: limits?.engine });
  stack.defer(() => engine.close());
  const installTag = installTagOf(installId);
  const pool = createIoPool({ workers: config.threads.io, installTag, onDeath: die });
  stack.defer(() => pool.close());
  const pins = new ReaderPins();
  const diskState = await describeStartDisks(disks, engine);
  const seed = (of: Config): ServiceSeed => ({
    config: of,
    generation: engine.generation,
    enginePort: engine.connect(),
    ioPorts: pool.connect(),
    disks: diskState,
    pins: pins.memory,
    installTag,
    masterKey: masterKey.key,
  });
  return { limits, disks, engine, masterKey, seed, openThread: (of) => openServiceThread(seed(of), log) };
}

async function startEngine(
  { dataDir, durability }: Config,
  { attached, logDisk, otherDisks }: StartDisks,
  {
    log,
    die,
    limits,
  }: { readonly log: Logger; die(cause: unknown): void; readonly limits: DebugLimits['engine'] | undefined },
): Promise<EngineHost> {
  const createInstall = attached.firstRun ? { logId: Uint8Array.from(randomBytes(16)) } : undefined;
  const engine = await openEngine({ dataDir, logDisk, otherDisks, durability, createInstall, limits: limits ?? {} });
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

interface Below extends Storage {
  readonly options: AppOptions;
  readonly failed: Promise<number>;
  readonly die: (cause: unknown) => void;
}

async function openPorts(
  config: Config,
  thread: ServiceThread,
  below: Below,
  stack: AsyncDisposableStack,
): Promise<App> {
  const { engine, options, failed, die } = below;
  const { context } = thread;
  const metrics = await createAppMetrics(engine, thread.disks, options.version);
  const jobs = startJobs(engine, thread, below.limits);
  stack.defer(() => jobs.stop());
  let graceMs = 0;
  const tls = await loadTlsPair(config);
  const count = config.threads.http - 1;
  const { host, port } = config.s3Address;
  const s3 = await startS3Listener(context, {
    host,
    port,
    tls,
    metrics: createS3Metrics(metrics.registry),
    reusePort: count > 0,
  });
  stack.defer(() => s3.close(graceMs));
  const shared = { count, port: s3.address.port, tls, onDeath: die, seed: () => below.seed(config) };
  const threads = await startHttpThreads(shared);
  stack.defer(() => threads.close(graceMs));
  const s3Url = `${tls === undefined ? 'http' : 'https'}://${urlHost(host)}:${s3.address.port}`;
  let refusedReason = engine.start.refusedReason;
  engine.on('refused', (reason) => {
    refusedReason = reason;
  });
  const absentAtStart = below.disks.attached.disks.filter((disk) => !disk.present);
  const console = await startConsole(context, {
    address: config.consoleAddress,
    tls,
    version: options.version,
    s3Url,
    health: () => healthFacts({ disks: thread.disks.facts(), refusedReason, absentAtStart }),
    metrics: () => metrics.snapshots(threads),
  });
  stack.defer(() => console.close(graceMs));
  return {
    s3Url,
    consoleUrl: console.url,
    failed,
    close: async (ms) => {
      graceMs = ms;
      await stack.disposeAsync();
    },
    reloadTls: async () => {
      const pair = await loadTlsPair(config);
      if (pair === undefined) return;
      for (const server of [console, s3, threads]) server.reloadTls(pair);
    },
  };
}
