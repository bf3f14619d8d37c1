import { ConfigError } from '../config/config-error.ts';
import type { LoadedConfig } from '../config/load.ts';
import { InstallMismatch } from '../engine/engine-options.ts';
import { errnoOf } from '../platform/fs-durable.ts';
import { EXIT } from './exit-code.ts';

/** The data dir is in use by another process. */
export class DataDirBusy extends Error {
  override readonly name = 'DataDirBusy';
}

export interface ErrorVerdict {
  readonly exitCode: number;
  /** The one line for the operator; undefined for a bug, which is logged with its stack. */
  readonly line: string | undefined;
}

/** Which exit code an error of the start means, and the line that explains it. */
export function judgeError(error: unknown, loaded: LoadedConfig | undefined): ErrorVerdict {
  if (error instanceof ConfigError || error instanceof InstallMismatch) {
    return { exitCode: EXIT.badConfiguration, line: error.message };
  }
  if (error instanceof DataDirBusy) return { exitCode: EXIT.busy, line: error.message };
  const listen = loaded === undefined ? undefined : describeListenError(error, loaded);
  if (listen !== undefined) return { exitCode: EXIT.badConfiguration, line: listen };
  return { exitCode: EXIT.failed, line: undefined };
}

const LISTEN_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EADDRNOTAVAIL: 'is not an address of this machine',
  EACCES: 'may not be used by this user',
  ENOTFOUND: 'has an unknown host',
};

function describeListenError(error: unknown, { config, origins }: LoadedConfig): string | undefined {
  const reason = LISTEN_ERRORS[errnoOf(error) ?? ''];
  if (reason === undefined || !(error instanceof Error) || !('syscall' in error)) return undefined;
  if (error.syscall !== 'listen' && error.syscall !== 'bind' && error.syscall !== 'getaddrinfo') return undefined;
  const isConsole = 'port' in error && error.port === config.consoleAddress.port;
  const { host, port } = isConsole ? config.consoleAddress : config.s3Address;
  const leaf = isConsole ? 'consoleAddress' : 's3Address';
  const origin = origins.get(leaf);
  const where =
    origin === undefined || origin.kind === 'default'
      ? isConsole
        ? '--console-address'
        : '--s3-address'
      : origin.name;
  return `${where}: ${host}:${port} ${reason}`;
}
