import { fdatasyncSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { type CrossedError, crossError } from '../engine/engine-protocol.ts';
import type { SyncReply, SyncRequest } from '../engine/sync-thread.ts';

/** Syncs the log for the commit thread in the modes that answer first. */
parentPort?.on('message', (request: SyncRequest) => {
  const reply: SyncReply = { number: request.number, error: trySync(request.fd) };
  parentPort?.postMessage(reply);
});

function trySync(fd: number): CrossedError | undefined {
  try {
    fdatasyncSync(fd);
    return undefined;
  } catch (error) {
    return crossError(error);
  }
}
