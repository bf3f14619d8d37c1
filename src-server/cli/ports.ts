import type { CreateApp } from '../app/application.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { Logger } from '../observability/logger.ts';

/** A command that works on a stopped server's data dir. Answers the exit code; its result goes to stdout. */
export type OfflineCommand = (config: Config, options: OfflineOptions) => Promise<number>;

export interface OfflineOptions {
  readonly log: Logger;
  readonly loaded: LoadedConfig;
  /** Words and switches of the command itself (`--repair`). */
  readonly switches: ReadonlySet<string>;
  /** Writes a line of the result to stdout. */
  readonly print: (line: string) => void;
}

/** Everything that the command line can start; `main.ts` fills it in, tests give fakes. */
export interface Programs {
  readonly createApp: CreateApp;
  readonly check: OfflineCommand;
  readonly rebuildCatalogue: OfflineCommand;
  readonly undoMigration: OfflineCommand;
  readonly resetRootKey: OfflineCommand;
  readonly auditVerify: OfflineCommand;
}
