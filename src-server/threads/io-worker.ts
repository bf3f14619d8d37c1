import { parentPort, workerData } from 'node:worker_threads';
import { nodeFileSystem } from '../platform/fs-port.ts';
import type { IoPoolOptions } from '../storage/io-pool.ts';
import type { ConnectMessage } from '../storage/io-protocol.ts';
import { createIoWorkerState, serveIo } from '../storage/worker/serve-io.ts';

/*
 * One I/O worker: hashes, encrypts, writes and reads large bodies for every HTTP thread that connects.
 */

// Said by `createIoPool` alone; a schema library would cost every worker its memory.
const { installTag, segmentBytes } = workerData as Pick<IoPoolOptions, 'installTag' | 'segmentBytes'>;
const state = createIoWorkerState(nodeFileSystem, installTag, segmentBytes);

parentPort?.on('message', (message: ConnectMessage) => serveIo(message.port, state));
