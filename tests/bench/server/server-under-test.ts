import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { S3Requests } from '../load/s3-requests.ts';
import type { BenchOptions } from '../options.ts';

/** A server to measure: one of ours as a child process, or another one by its address. */
export interface ServerUnderTest {
  readonly s3: S3Requests;
  /** Absent for another endpoint: its process is not ours to look at. */
  readonly own: OwnServer | undefined;
  /** Ends our server and removes its files. */
  dispose(): Promise<void>;
}

export interface OwnServer {
  pid(): number;
  readonly dataDir: string;
  /** SIGTERM or SIGKILL, wait, start again: resolves to the seconds from spawn to the ready line. `s3` is new then. */
  restart(how: 'clean' | 'killed'): Promise<number>;
  /** Journal records the last start replayed, as the server logged it; undefined where it did not say. */
  replayedRecords(): number | undefined;
}

/** Starts the built server in a folder of its own on the disk under test. */
export async function startServerUnderTest(options: BenchOptions): Promise<ServerUnderTest> {
  if (options.endpoint !== undefined) return other(options, options.endpoint);
  const dataDir = mkdtempSync(join(options.folder, 'stowage-bench-'));
  const start = (): Promise<ServerProcess> =>
    startServerProcess({ dataDir, args: ['--durability', options.durability, '--region', options.region] });
  let server: ServerProcess | undefined;
  const lastResort = (): void => {
    server?.child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', lastResort);
  const running = (): ServerProcess => {
    if (server === undefined) throw new Error('the server is not running');
    return server;
  };
  try {
    server = await start();
  } catch (error) {
    process.off('exit', lastResort);
    lastResort();
    throw error;
  }
  let s3 = requests(server, options);
  return {
    get s3() {
      return s3;
    },
    own: {
      pid: () => running().pid,
      dataDir,
      restart: async (how) => {
        if (how === 'clean') await running().stop();
        else await running().kill();
        const begun = performance.now();
        server = await start();
        const seconds = (performance.now() - begun) / 1000;
        s3 = requests(server, options);
        return seconds;
      },
      replayedRecords: () => {
        const text = /"replayedRecords":(\d+)/.exec(running().stderr())?.[1];
        return text === undefined ? undefined : Number(text);
      },
    },
    dispose: async () => {
      await running().stop();
      process.off('exit', lastResort);
      lastResort();
    },
  };
}

function requests(server: ServerProcess, options: BenchOptions): S3Requests {
  return new S3Requests({
    endpoint: new URL(server.s3Url),
    credentials: server.rootCredentials,
    region: options.region,
  });
}

function other(options: BenchOptions, endpoint: NonNullable<BenchOptions['endpoint']>): ServerUnderTest {
  const credentials = { accessKeyId: endpoint.accessKeyId, secretAccessKey: endpoint.secretAccessKey };
  return {
    s3: new S3Requests({ endpoint: endpoint.url, credentials, region: options.region }),
    own: undefined,
    dispose: async () => undefined,
  };
}
