import { parentPort, workerData } from 'node:worker_threads';
import { nodeFileSystem } from '../platform/fs-port.ts';
import type { ConnectMessage } from '../storage/io-protocol.ts';
import { createIoWorkerState, serveIo } from '../storage/worker/serve-io.ts';

/*
 * One I/O worker: hashes, encrypts, writes and reads large bodies for every HTTP thread that connects.
 */

// Said by `createIoPool` alone; a schema library would cost every worker its memory.
const { installTag } = workerData as { readonly installTag: Uint8Array };
const state = createIoWorkerState(nodeFileSystem, installTag);

parentPort?.on('message', (message: ConnectMessage) => serveIo(message.port, state));
