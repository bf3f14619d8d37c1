import { join } from 'node:path';
import * as z from 'zod';
import { removePrivateFile, writePrivateFile } from '../platform/private-file.ts';
import { readTextFile } from '../platform/text-file.ts';

const RUNNING_FILE = 'running.json';

/** Where a running server is reached, for whoever finds its data dir taken. */
const runningServerSchema = z.strictObject({ pid: z.int(), s3: z.string(), console: z.string() });
export type RunningServer = z.infer<typeof runningServerSchema>;

/** Leaves it in the data dir. A server that is killed leaves it behind: it says something only while the lock is held. */
export function writeRunningServer(dataDir: string, running: RunningServer): Promise<void> {
  return writePrivateFile(dataDir, RUNNING_FILE, `${JSON.stringify(running)}\n`);
}

export async function removeRunningServer(dataDir: string): Promise<void> {
  await removePrivateFile(dataDir, RUNNING_FILE);
}

/** Undefined where nobody left anything that can be read. */
export function readRunningServer(dataDir: string): RunningServer | undefined {
  try {
    return runningServerSchema.parse(JSON.parse(readTextFile(join(dataDir, RUNNING_FILE))));
  } catch {
    return undefined;
  }
}
