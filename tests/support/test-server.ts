import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { loadConfig } from '../../src-server/config/load.ts';
import type { DiskId, EpochMs } from '../../src-server/domain/ids.ts';
import { createLogger } from '../../src-server/observability/logger.ts';
import { startS3Listener } from '../../src-server/s3/listener.ts';
import { ensureRootKey } from '../../src-server/services/access/first-run.ts';
import type { ServiceContext } from '../../src-server/services/context.ts';
import { createBodyStore, installTagOf } from '../../src-server/storage/create-body-store.ts';
import { createKeyRing } from '../../src-server/storage/create-key-ring.ts';
import { createIoPool } from '../../src-server/storage/io-pool.ts';
import type { DiskTarget } from '../../src-server/storage/io-protocol.ts';
import { CHUNK_SHARDS, containerPath, DISK_FOLDERS } from '../../src-server/storage/layout.ts';
import type { Placer } from '../../src-server/storage/placer.ts';
import { ReaderPins } from '../../src-server/storage/reader-pins.ts';
import { INLINE_DISK, openInlineEngine } from './inline-engine.ts';
import { TEST_ROOT_CREDENTIALS } from './server-process.ts';

export interface TestServerOptions {
  /** Further `stowage serve` options. */
  readonly args?: readonly string[];
}

export interface TestServer {
  readonly endpoint: string;
  /** Root, path style, no retries. */
  readonly client: S3Client;
  readonly rootCredentials: typeof TEST_ROOT_CREDENTIALS;
  readonly context: ServiceContext;
  readonly dataDir: string;
  /** A client with other credentials or SDK options. */
  newClient(options?: ConstructorParameters<typeof S3Client>[0]): S3Client;
  close(): Promise<void>;
}

/** A whole S3 server in this process on a free port, with a temporary data dir that `close` removes. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'stowage-s3-'));
  const disk = arrangeDisk(dataDir);
  const logFile = openSync(containerPath(disk.root, 'log', '0000000000000001.log'), 'w');
  const engine = openInlineEngine({
    writeFrames: (_name, offset, bytes) => void writeSync(logFile, bytes, 0, bytes.length, offset),
  });
  const installTag = installTagOf('test');
  const pool = createIoPool({
    workers: 1,
    installTag,
    onDeath: (error) => {
      throw error;
    },
  });
  const bodies = createBodyStore({
    ports: pool.connect(),
    placer: onlyDisk(disk),
    pins: new ReaderPins(),
    installTag,
    httpThreads: 1,
    onSegmentSealed: () => undefined,
  });
  const args = ['--data-dir', dataDir, '--s3-address', '127.0.0.1:0', ...(options.args ?? [])];
  const context: ServiceContext = {
    config: loadConfig({ args, env: {}, cwd: dataDir, stderrIsTerminal: false, readTextFile: () => '' }).config,
    catalogue: engine.catalogue,
    engine: engine.client,
    bodies,
    keys: createKeyRing(randomBytes(32)),
    log: createLogger({ format: 'json', level: process.env.STOWAGE_TEST_LOG === '1' ? 'debug' : 'fatal' }),
    // The clock of the machine is a real one here: signatures are checked against it.
    now: () => Date.now() as EpochMs,
  };
  await ensureRootKey(context, TEST_ROOT_CREDENTIALS);
  const listener = await startS3Listener(context, { host: '127.0.0.1', port: 0 });
  const endpoint = `http://127.0.0.1:${listener.address.port}`;
  const clients: S3Client[] = [];
  const newClient: TestServer['newClient'] = (extra) => {
    const client = new S3Client({
      endpoint,
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
    endpoint,
    client: newClient(),
    rootCredentials: TEST_ROOT_CREDENTIALS,
    context,
    dataDir,
    newClient,
    close: async () => {
      for (const client of clients) client.destroy();
      await listener.close(1000);
      bodies.close();
      await pool.close();
      engine.close();
      closeSync(logFile);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function arrangeDisk(dataDir: string): DiskTarget {
  const root = join(dataDir, 'disk');
  for (const folder of DISK_FOLDERS) mkdirSync(join(root, folder), { recursive: true });
  for (const shard of CHUNK_SHARDS) mkdirSync(join(root, 'chunks', shard));
  // The inline engine's only disk.
  return { diskId: INLINE_DISK.id as unknown as DiskId, root, device: statSync(root).dev };
}

function onlyDisk(disk: DiskTarget): Placer {
  return {
    placeSmall: () => ({ kind: 'log' }),
    reserve: () => ({ nextChunk: () => [disk], written: () => undefined, release: () => undefined }),
    disk: () => disk,
    report: (fault) => {
      throw new Error(`disk fault: ${JSON.stringify(fault)}`);
    },
  };
}
