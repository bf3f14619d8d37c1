import type { LoadedConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import type { LogTail } from '../observability/log-tail.ts';
import type { Logger } from '../observability/logger.ts';
import type { ServiceContext } from '../services/context.ts';
import type { StartThumbnailChild } from '../services/thumbnails/thumbnail-child.ts';

/** The running server, as the entry sees it. */
export interface App {
  readonly s3Url: string;
  readonly consoleUrl: string;
  /** While nobody has claimed the install. */
  readonly setupToken: string | null;
  /** Takes no new work, finishes what runs (cut off after `graceMs`), makes everything durable. */
  close(graceMs: number): Promise<void>;
  /** Reads certificate and key again; keeps the old pair and throws where the new one cannot be used. */
  reloadTls(): Promise<void>;
  /** Resolves with an exit code when the engine stopped itself. */
  readonly failed: Promise<number>;
}

export interface AppOptions {
  readonly log: Logger;
  /** Is written by `log`; the lines of further threads are added to it. */
  readonly logTail: LogTail;
  /** `withStored` adds what the catalogue holds, once it is open. */
  readonly loaded: LoadedConfig;
  readonly version: string;
  /** A person watches stderr: first-run secrets may be shown there. */
  readonly stderrIsTerminal: boolean;
  /** From the keychain of the desktop, where the host of this process holds it. */
  readonly hostMasterKey?: Buffer | undefined;
  /** Where this process cannot start others: its host starts the one that makes thumbnails. */
  readonly startThumbnailChild?: StartThumbnailChild | undefined;
  /** For tests that look behind the ports: the main thread's services, once they are up. */
  readonly onContext?: (context: ServiceContext) => void;
}

export type CreateApp = (config: Config, options: AppOptions) => Promise<App>;
