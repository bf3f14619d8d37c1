import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 20_000;
const STEP_MS = 50;

/** Waits until both disks below `root` hold a checkpoint with its manifest. */
export async function untilCheckpoint(root: string, disks: readonly string[] = ['hot', 'warm']): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!disks.every((disk) => hasManifest(join(root, disk, 'checkpoints')))) {
    if (performance.now() > deadline) throw new Error('no checkpoint was made');
    await sleep(STEP_MS);
  }
}

function hasManifest(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json'));
}
