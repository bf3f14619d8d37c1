import { ConfigError } from '../config/config-error.ts';
import { type LoadedConfig, loadConfig } from '../config/load.ts';
import { assertNever } from '../domain/assert-never.ts';
import { createLogTail, type LogTail } from '../observability/log-tail.ts';
import { createLogger, LOG_LEVELS, type Logger, type LogLevel } from '../observability/logger.ts';
import { readTextFile } from '../platform/text-file.ts';
import { type Channel, openChannel } from './channel.ts';
import { preset } from './commands/preset.ts';
import { prepareDataDir } from './data-dir.ts';
import { judgeError } from './describe-error.ts';
import { EXIT } from './exit-code.ts';
import { helpText } from './help.ts';
import { type Command, parseCommand } from './parse-command.ts';
import type { OfflineCommand, Programs } from './ports.ts';
import { readRunningServer } from './running-server.ts';
import { serve } from './serve.ts';
import { VERSION } from './version.ts';

/** Runs the command line and answers the exit code. Never throws. */
export async function runCommandLine(host: NodeJS.Process, programs: Programs): Promise<number> {
  const channel = openChannel(host);
  let loaded: LoadedConfig | undefined;
  try {
    const command = parseCommand(host.argv.slice(2));
    if (command.kind === 'help' || command.kind === 'version') return print(host, command.kind);
    loaded = loadConfig({
      args: command.options,
      env: host.env,
      cwd: host.cwd(),
      stderrIsTerminal: host.stderr.isTTY === true,
      readTextFile,
    });
    const logTail = createLogTail();
    const onLine = (line: string): void => logTail.write(line);
    const log = createLogger({ format: loaded.config.logFormat, level: logLevel(host.env), onLine });
    watchForBugs(host, log);
    // Whatever this process creates, in a data dir that others may list, is for its own user.
    host.umask(0o077);
    prepareDataDir(loaded);
    return await run(command, { host, programs, loaded, log, logTail, channel });
  } catch (error) {
    return explain(error, loaded, host, channel);
  }
}

interface Running {
  readonly host: NodeJS.Process;
  readonly programs: Programs;
  readonly loaded: LoadedConfig;
  readonly log: Logger;
  readonly logTail: LogTail;
  readonly channel: Channel;
}

type RunnableCommand = Exclude<Command, { kind: 'help' } | { kind: 'version' }>;

function run(command: RunnableCommand, running: Running): Promise<number> {
  const { programs, loaded, log, logTail, channel, host } = running;
  switch (command.kind) {
    case 'serve':
      return serve({ loaded, createApp: programs.createApp, log, logTail, channel, host });
    case 'check':
      return runOffline(programs.check, running, command.repair ? ['--repair'] : []);
    case 'rebuild-catalogue':
      return runOffline(command.undoMigration ? programs.undoMigration : programs.rebuildCatalogue, running, []);
    case 'root-key reset':
      return runOffline(programs.resetRootKey, running, []);
    case 'audit verify':
      return runOffline(programs.auditVerify, running, []);
    case 'preset':
      return preset(loaded.config.dataDir, command, (line) => void host.stdout.write(`${line}\n`));
    default:
      return assertNever(command);
  }
}

function runOffline(program: OfflineCommand, { loaded, log, host }: Running, switches: string[]): Promise<number> {
  const printLine = (line: string) => void host.stdout.write(`${line}\n`);
  return program(loaded.config, { log, loaded, switches: new Set(switches), print: printLine });
}

function print(host: NodeJS.Process, what: 'help' | 'version'): number {
  host.stdout.write(what === 'help' ? helpText() : `stowage ${VERSION}\n`);
  return EXIT.ok;
}

function logLevel(env: NodeJS.ProcessEnv): LogLevel {
  const text = env.STOWAGE_LOG_LEVEL || 'info';
  const level = LOG_LEVELS.find((name) => name === text);
  if (level === undefined) throw new ConfigError('STOWAGE_LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')} is wanted`);
  return level;
}

function explain(error: unknown, loaded: LoadedConfig | undefined, host: NodeJS.Process, channel: Channel): number {
  const { exitCode, line } = judgeError(error, loaded);
  const message = line ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
  host.stderr.write(`stowage: ${message}\n`);
  if (exitCode === EXIT.busy && loaded !== undefined) {
    channel.send({ type: 'busy', console: readRunningServer(loaded.config.dataDir)?.console ?? null });
  }
  channel.send({ type: 'fatal', message: line ?? 'internal error' });
  return exitCode;
}

/** After an error nobody caught, nothing in memory can be trusted; the log on disk can. */
function watchForBugs(host: NodeJS.Process, log: Logger): void {
  const die = (error: unknown) => {
    log.fatal({ err: error }, 'an error was not handled');
    host.exit(EXIT.failed);
  };
  host.on('uncaughtException', die);
  host.on('unhandledRejection', die);
}
