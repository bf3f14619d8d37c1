import { ConfigError } from '../config/config-error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { NewerCatalogue } from '../db/migrations/run-migrations.ts';
import { LockHeld } from '../db/sqlite/exclusive-lock.ts';
import { isFailure } from '../domain/failure.ts';
import { EngineStopped, InstallMismatch } from '../engine/engine-options.ts';
import { MigrationStands } from '../engine/offline/undo-migration.ts';
import { NothingToRebuildFrom } from '../engine/recovery/rebuild.ts';
import { errnoOf } from '../platform/fs-durable.ts';
import { WrongMasterKey } from '../storage/key-ring.ts';
import { MasterKeyUnusable } from '../storage/master-key.ts';
import { DiskRefused } from '../tiers/disk-refused.ts';
import { ControlRefused } from './call-server.ts';
import { EXIT } from './exit-code.ts';

export interface ErrorVerdict {
  readonly exitCode: number;
  /** The one line for the operator; undefined for a bug, which is logged with its stack. */
  readonly line: string | undefined;
}

/** Which exit code an error of the start means, and the line that explains it. */
export function judgeError(error: unknown, loaded: LoadedConfig | undefined): ErrorVerdict {
  if (error instanceof LockHeld) return { exitCode: EXIT.busy, line: `another server runs here: ${error.message}` };
  if (error instanceof EngineStopped) return { exitCode: EXIT.engineStopped, line: error.message };
  if (error instanceof ControlRefused) {
    return { exitCode: error.isAbsent ? EXIT.busy : EXIT.badConfiguration, line: error.message };
  }
  const line = describeRefusal(error, loaded);
  if (line !== undefined) return { exitCode: EXIT.badConfiguration, line };
  const listen = loaded === undefined ? undefined : describeListenError(error, loaded);
  if (listen !== undefined) return { exitCode: EXIT.badConfiguration, line: listen };
  return { exitCode: EXIT.failed, line: undefined };
}

/** What the data dir holds does not allow what was asked. */
const REFUSALS = [InstallMismatch, NewerCatalogue, MigrationStands, NothingToRebuildFrom];

/** What the operator has to change; undefined for any other error. */
function describeRefusal(error: unknown, loaded: LoadedConfig | undefined): string | undefined {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DiskRefused) {
    const isDataDir = error.disk === 'data-dir';
    const where = originName(loaded, isDataDir ? 'dataDir' : 'disks', isDataDir ? '--data-dir' : '--disk');
    if (error.disk === 'disks') return `${where}: ${error.message}`;
    return isDataDir ? `${where}: ${error.message}` : `${where}: ${error.disk}: ${error.message}`;
  }
  if (error instanceof MasterKeyUnusable || error instanceof WrongMasterKey)
    return `${originName(loaded, 'masterKeyFile', 'master key')}: ${error.message}`;
  if (REFUSALS.some((refusal) => error instanceof refusal) && error instanceof Error) {
    return `${originName(loaded, 'dataDir', '--data-dir')}: ${error.message}`;
  }
  if (isFailure(error, 'InvalidRequest')) return error.message;
  return undefined;
}

/** The option, variable or file that gave a value; the option that could, where nobody did. */
function originName(loaded: LoadedConfig | undefined, leaf: string, otherwise: string): string {
  const origin = loaded?.origins.get(leaf);
  return origin === undefined || origin.kind === 'default' ? otherwise : origin.name;
}

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EADDRNOTAVAIL: 'is not an address of this machine',
  EACCES: 'may not be used by this user',
  ENOTFOUND: 'has an unknown host',
};

function describeListenError(error: unknown, loaded: LoadedConfig): string | undefined {
  const { config } = loaded;
  const reason = LISTEN_ERRORS[errnoOf(error) ?? ''];
  if (reason === undefined || !(error instanceof Error) || !('syscall' in error)) return undefined;
  if (error.syscall !== 'listen' && error.syscall !== 'bind' && error.syscall !== 'getaddrinfo') return undefined;
  const isConsole = 'port' in error && error.port === config.consoleAddress.port;
  const { host, port } = isConsole ? config.consoleAddress : config.s3Address;
  const leaf = isConsole ? 'consoleAddress' : 's3Address';
  return `${originName(loaded, leaf, isConsole ? '--console-address' : '--s3-address')}: ${host}:${port} ${reason}`;
}
