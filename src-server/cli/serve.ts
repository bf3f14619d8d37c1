import type { App, CreateApp } from '../app/application.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { LogTail } from '../observability/log-tail.ts';
import type { Logger } from '../observability/logger.ts';
import { tidyAfterStart } from '../platform/collector.ts';
import type { Channel } from './channel.ts';
import { EXIT } from './exit-code.ts';
import { openBrowser } from './open-browser.ts';
import { removeRunningServer, writeRunningServer } from './running-server.ts';
import { listenForStop } from './stop-signals.ts';
import { VERSION } from './version.ts';

const STOP_GRACE_MS = 10_000;
/** Beyond the grace: everything is answered or cut off by then, only the engine's last sync remains. */
const STOP_GUARD_MS = 20_000;
const SAME_SIGNAL_MS = 250;

export interface ServeOptions {
  readonly loaded: LoadedConfig;
  readonly createApp: CreateApp;
  readonly log: Logger;
  readonly logTail: LogTail;
  readonly channel: Channel;
  readonly host: NodeJS.Process;
}

/** Runs the server until it is told to stop or stops itself; answers the exit code. Throws what prevents the start. */
export async function serve({ loaded, createApp, log, logTail, channel, host }: ServeOptions): Promise<number> {
  const stopped = Promise.withResolvers<number>();
  const stop = (graceMs: number, reason: string): void => {
    log.info({ reason }, 'stopping');
    stopped.resolve(graceMs);
  };
  listenForStop(host, {
    onStop: (signal) => stop(STOP_GRACE_MS, signal),
    onSecond: (exitCode) => host.exit(exitCode),
    sameWithinMs: host.env.STOWAGE_BOOTSTRAP === '1' ? SAME_SIGNAL_MS : 0,
    nowMs: () => performance.now(),
  });
  channel.listen(
    (graceMs) => stop(graceMs, 'asked by the host process'),
    () => stop(STOP_GRACE_MS, 'the host process is gone'),
  );
  const stderrIsTerminal = host.stderr.isTTY === true;
  const hostMasterKey = host.env.STOWAGE_MASTER_KEY_FROM_HOST === '1' ? await channel.masterKey() : undefined;
  const app = await createApp(loaded.config, {
    log,
    logTail,
    loaded,
    version: VERSION,
    stderrIsTerminal,
    hostMasterKey,
    startThumbnailChild: channel.startThumbnailChild,
  });
  const { dataDir } = loaded.config;
  await writeRunningServer(dataDir, { pid: host.pid, s3: app.s3Url, console: app.consoleUrl });
  host.on('SIGHUP', () => void reloadTls(app, log));
  // Before anybody is told that requests are taken.
  tidyAfterStart();
  announce(app, channel, host);
  if (host.env.STOWAGE_OPEN_BROWSER === '1') openBrowser(app.consoleUrl);
  log.info({ s3: app.s3Url, console: app.consoleUrl }, 'ready');
  const outcome = await Promise.race([stopped.promise.then((graceMs) => ({ graceMs })), app.failed]);
  if (typeof outcome === 'number') {
    log.fatal({ exitCode: outcome }, 'the engine stopped itself; what was answered is safe, start again');
    return outcome;
  }
  // While the lock is still held: the next server's file is not this one's to remove.
  await removeRunningServer(dataDir);
  return closeApp(app, outcome.graceMs, log, channel);
}

/** The one line on stdout. */
function announce(app: App, channel: Channel, host: NodeJS.Process): void {
  const { s3Url, consoleUrl } = app;
  const ready = { event: 'ready', s3: s3Url, console: consoleUrl, version: VERSION, pid: host.pid };
  host.stdout.write(`${JSON.stringify(ready)}\n`);
  channel.send({ type: 'ready', s3: s3Url, console: consoleUrl, setupToken: app.setupToken });
}

async function closeApp(app: App, graceMs: number, log: Logger, channel: Channel): Promise<number> {
  const guard = Promise.withResolvers<number>();
  const timer = setTimeout(() => guard.resolve(EXIT.failed), graceMs + STOP_GUARD_MS);
  const exitCode = await Promise.race([app.close(graceMs).then(() => EXIT.ok), app.failed, guard.promise]);
  clearTimeout(timer);
  if (exitCode === EXIT.ok) {
    log.info('stopped');
    channel.send({ type: 'closed' });
  } else {
    log.error({ exitCode }, 'the stop was not clean; nothing answered is lost');
  }
  return exitCode;
}

async function reloadTls(app: App, log: Logger): Promise<void> {
  try {
    await app.reloadTls();
    log.info('TLS certificate and key are read again');
  } catch (error) {
    log.error({ err: error }, 'the new TLS files cannot be used; the old ones stay');
  }
}
