import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { createApp } from '../../src-server/app.ts';
import { loadConfig } from '../../src-server/config/load.ts';
import { createLogTail } from '../../src-server/observability/log-tail.ts';
import { createLogger } from '../../src-server/observability/logger.ts';
import { readTextFile } from '../../src-server/platform/text-file.ts';
import type { ServiceContext } from '../../src-server/services/context.ts';
import { TEST_ROOT_CREDENTIALS } from './server-process.ts';

export interface TestServerOptions {
  /** Further `stowage serve` options. */
  readonly args?: readonly string[];
  /** Further environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Where a test sets one. */
export const TEST_METRICS_TOKEN = 'metrics-token-of-tests';

export interface TestServer {
  readonly endpoint: string;
  readonly consoleUrl: string;
  /** Root, path style, no retries. */
  readonly client: S3Client;
  readonly rootCredentials: typeof TEST_ROOT_CREDENTIALS;
  /** The main thread's services. */
  readonly context: ServiceContext;
  readonly dataDir: string;
  /** A client with other credentials or SDK options. */
  newClient(options?: ConstructorParameters<typeof S3Client>[0]): S3Client;
  close(): Promise<void>;
}

/**
 * A whole server in this process, as `stowage serve` composes it, on free ports, with a temporary data dir that `close`
 * removes. `STOWAGE_TEST_LOG=1` shows its log, `STOWAGE_TEST_HTTP_THREADS` gives it several threads.
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stowage-s3-'));
  const logTail = createLogTail();
  const shown = process.env.STOWAGE_TEST_LOG === '1';
  const log = createLogger({
    format: 'json',
    level: shown ? 'debug' : 'info',
    ...(shown ? {} : { destination: { write: () => undefined } }),
    onLine: (line) => logTail.write(line),
  });
  const ports = ['--s3-address', '127.0.0.1:0', '--console-address', '127.0.0.1:0'];
  const loaded = loadConfig({
    args: ['--data-dir', dataDir, ...ports, ...(options.args ?? [])],
    env: {
      STOWAGE_ROOT_ACCESS_KEY: TEST_ROOT_CREDENTIALS.accessKeyId,
      STOWAGE_ROOT_SECRET_KEY: TEST_ROOT_CREDENTIALS.secretAccessKey,
      STOWAGE_HTTP_THREADS: process.env.STOWAGE_TEST_HTTP_THREADS ?? '1',
      STOWAGE_IO_THREADS: '1',
      ...options.env,
    },
    cwd: dataDir,
    stderrIsTerminal: false,
    readTextFile,
  });
  let context: ServiceContext | undefined;
  const app = await createApp(loaded.config, {
    log,
    logTail,
    loaded,
    version: 'test',
    stderrIsTerminal: false,
    onContext: (main) => {
      context = main;
    },
  });
  if (context === undefined) throw new Error('the app came up without a context');
  const clients: S3Client[] = [];
  const newClient: TestServer['newClient'] = (extra) => {
    const client = new S3Client({
      endpoint: app.s3Url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: TEST_ROOT_CREDENTIALS,
      maxAttempts: 1,
      ...extra,
    });
    clients.push(client);
    return client;
  };
  return {
    endpoint: app.s3Url,
    consoleUrl: app.consoleUrl,
    client: newClient(),
    rootCredentials: TEST_ROOT_CREDENTIALS,
    context,
    dataDir,
    newClient,
    close: async () => {
      for (const client of clients) client.destroy();
      await app.close(1000);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
