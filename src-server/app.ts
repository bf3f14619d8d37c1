import { createAppMetrics } from './app/app-metrics.ts';
import type { App, AppOptions } from './app/application.ts';
import { openAuditTrail } from './app/audit-trail.ts';
import { announceFirstRun, applyProvisionFile, readProvisionFile, withStoredSettings } from './app/bring-up-access.ts';
import { openControlSocket } from './app/control/control-socket.ts';
import { describeAppliance } from './app/describe-appliance.ts';
import { healthFacts } from './app/health.ts';
import { openS3 } from './app/open-s3.ts';
import { openStorage, type Storage } from './app/open-storage.ts';
import { runningSettings } from './app/running-settings.ts';
import type { ServiceThread } from './app/service-thread.ts';
import { startJobs } from './app/start-jobs.ts';
import { openTelemetry } from './app/telemetry/open-telemetry.ts';
import type { LoadedConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { loadTlsPair } from './config/tls-pair.ts';
import type { HealthFacts } from './console/endpoint.ts';
import { startConsole } from './console/start-console.ts';
import { readSetupToken } from './services/access/setup-token.ts';
import { LockClockKeeper } from './services/locks/lock-clock-keeper.ts';

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
  const provision = readProvisionFile(given);
  // Before anything is made; a pair of our own lies in the data dir.
  if (given.tls.kind === 'files') await loadTlsPair(given, (leaf) => originOf(loaded, leaf));
  const storage = await openStorage(given, { log, die, hostMasterKey: options.hostMasterKey }, stack);
  const first = storage.openThread(given);
  stack.defer(() => first.close());
  const mayWrite = storage.engine.start.refusedReason === undefined;
  // Before anything is removed, and before anybody can ask.
  const lockClock = new LockClockKeeper(first.context, { maySave: mayWrite });
  await lockClock.start();
  stack.defer(() => lockClock.stop().catch((error: unknown) => log.warn({ err: error }, 'clock of locks not saved')));
  if (mayWrite) {
    // Nobody appends yet: what the last process left open takes no more.
    await first.context.engine.submit('seal-segments', { names: 'all' });
    if (provision !== undefined) await applyProvisionFile(provision, loaded, first.context);
  }
  const effective = await withStoredSettings(loaded, first.context);
  const { config } = effective;
  if (mayWrite && config.durability !== given.durability) await storage.engine.setDurability(config.durability);
  const { startThumbnailChild } = options;
  const thread: ServiceThread = { ...first, context: { ...first.context, config, startThumbnailChild } };
  options.onContext?.(thread.context);
  // Where the log refuses writes, what is stored is served to those who have a key (LOG.md 17).
  if (mayWrite) await announceFirstRun(thread.context, storage.masterKey.newRecoveryKit, options.stderrIsTerminal);
  await storage.disks.attached.completeFirstRun();
  return openPorts(config, thread, { ...storage, lockClock, options, effective, failed: failed.promise, die }, stack);
}

function originOf({ origins }: LoadedConfig, leaf: string): string {
  return origins.get(leaf)?.name ?? leaf;
}

interface Below extends Storage {
  readonly lockClock: LockClockKeeper;
  readonly options: AppOptions;
  /** With what is stored. */
  readonly effective: LoadedConfig;
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
  const jobs = startJobs(engine, thread, below.lockClock, below.limits);
  stack.defer(() => jobs.stop());
  let graceMs = 0;
  const tls = await loadTlsPair(config, (leaf) => originOf(options.loaded, leaf));
  const audit = await openAuditTrail(thread);
  stack.defer(() => audit.close());
  const s3 = await openS3(thread, {
    config,
    tls,
    registry: metrics.registry,
    logTail: options.logTail,
    onDeath: die,
    onDenials: audit.take,
    seed: () => below.seed(config),
  });
  stack.defer(() => s3.close(graceMs));
  const { attached } = below.disks;
  const described = await describeAppliance({ engine, thread, attached, metrics, jobs, logTail: options.logTail });
  const telemetry = openTelemetry({
    context,
    cataloguePath: engine.cataloguePath,
    generation: engine.generation,
    requests: thread.requests,
    appliance: described,
    metrics: () => metrics.snapshots(s3.threads),
  });
  stack.defer(() => telemetry.close());
  const console = await startConsole(context, {
    address: config.consoleAddress,
    tls,
    version: options.version,
    s3Url: s3.url,
    health: () => healthOf(described, thread),
    metrics: () => metrics.snapshots(s3.threads),
    appliance: telemetry.appliance,
    settings: runningSettings(below.effective, engine),
  });
  stack.defer(() => console.close(graceMs));
  const control = await openControlSocket(context);
  stack.defer(() => control.close());
  return {
    s3Url: s3.url,
    consoleUrl: console.url,
    setupToken: (await readSetupToken(context))?.token ?? null,
    failed,
    close: async (ms) => {
      graceMs = ms;
      await stack.disposeAsync();
    },
    reloadTls: async () => {
      const pair = await loadTlsPair(config);
      if (pair === undefined) return;
      for (const server of [console, s3]) server.reloadTls(pair);
    },
  };
}

async function healthOf(
  described: Awaited<ReturnType<typeof describeAppliance>>,
  { disks, context }: ServiceThread,
): Promise<HealthFacts> {
  return healthFacts({
    catalogueWorks: await described.catalogueWorks(),
    disks: disks.facts(),
    refusedReason: described.writesRefused(),
    recentFailure: described.recentFailure(),
    absentAtStart: described.absentAtStart,
    expiriesHeld: context.lockClock.isHeld,
  });
}
