/*
 * A process with an engine in its commit thread, for tests that kill it. Writes one line to stdout for each change it was
 * answered. Argument 1: JSON of `DriverTask`.
 */
import { statSync, writeSync } from 'node:fs';
import { openEngine } from '../../src-server/engine/engine-host.ts';
import type { EngineDisk, EngineLimits, EngineOptions } from '../../src-server/engine/engine-options.ts';
import { arrangeBucket, fillOf, PUT_FRAME_BYTES, putInput } from './engine-puts.ts';

export interface DriverTask {
  readonly dataDir: string;
  readonly disks: readonly Omit<EngineDisk, 'device'>[];
  readonly durability: EngineOptions['durability'];
  readonly limits: Partial<EngineLimits>;
  /** Names begin with it. */
  readonly prefix: string;
  readonly puts: number;
  readonly callers: number;
  /** Every so many puts: a checkpoint and a release of segments. 0 = never. */
  readonly checkpointEvery: number;
  /** Instead of bodies, settings are overwritten: nothing then keeps a segment from being released. */
  readonly withoutBodies?: boolean;
}

const STDOUT = 1;

async function main(task: DriverTask): Promise<void> {
  const [logDisk, ...otherDisks] = task.disks.map((disk) => ({ ...disk, device: statSync(disk.path).dev }));
  if (logDisk === undefined) throw new Error('a disk is wanted');
  const { dataDir, durability, limits } = task;
  const createInstall = { logId: Buffer.alloc(16, 7) };
  const host = await openEngine({ dataDir, logDisk, otherDisks, durability, limits, createInstall });
  host.on('fatal', () => process.exit(4));
  if (host.start.refusedReason !== undefined) throw new Error(host.start.refusedReason);
  writeSync(STDOUT, 'open\n');
  const scene = await arrangeBucket(host);
  const put = async (number: number): Promise<void> => {
    const name = `${task.prefix}-${number}`;
    if (task.withoutBodies === true) {
      await host.client.submit('put-setup-token', { sealedToken: name.padEnd(PUT_FRAME_BYTES, '.') });
      return;
    }
    const frame = Buffer.alloc(PUT_FRAME_BYTES, fillOf(number));
    await host.client.submit('put-object', putInput(scene, name, number), [frame]);
    writeSync(STDOUT, `put ${name}\n`);
  };
  const group = task.checkpointEvery === 0 ? task.puts : task.checkpointEvery;
  for (let first = 0; first < task.puts; first += group) {
    let next = first;
    const caller = async (): Promise<void> => {
      while (next < first + group) {
        next += 1;
        await put(next - 1);
      }
    };
    await Promise.all(Array.from({ length: task.callers }, caller));
    if (task.checkpointEvery === 0) continue;
    await host.checkpoint();
    // Rows go in one call, files in the next.
    await host.releaseSegments();
    await host.releaseSegments();
  }
  await host.close();
  writeSync(STDOUT, 'closed\n');
}

await main(JSON.parse(process.argv[2] ?? '{}') as DriverTask);
