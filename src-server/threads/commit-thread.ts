import { parentPort, workerData } from 'node:worker_threads';
import { type CommitThreadData, runCommitThread } from '../engine/commit-thread-main.ts';

// The only writer of catalogue and log. `workerData` comes from `openEngine`.
if (parentPort !== null) void runCommitThread(parentPort, workerData as CommitThreadData);
