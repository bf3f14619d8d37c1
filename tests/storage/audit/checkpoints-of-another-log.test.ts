import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CHECKPOINT_FOLDER,
  CHECKPOINT_FORMAT,
  checkpointName,
  findCheckpoints,
} from '../../../src-server/engine/checkpoint/checkpoint-files.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

/** As a log that was given up for lost leaves them: salvage begins a new one, whose numbers start low again. */
function leaveCheckpoint(disk: string, appliedSequence: number): void {
  const folder = join(disk, CHECKPOINT_FOLDER);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, checkpointName(appliedSequence));
  const facts = { format: CHECKPOINT_FORMAT, logId: 'ab'.repeat(16), epoch: 1, appliedSequence, appliedCrc: 1 };
  const manifest = { ...facts, segment: 1, position: 0, schemaVersion: 1, sizeBytes: 1, crc32c: 1, createdMs: 1 };
  writeFileSync(path, 'x');
  writeFileSync(path.replace(/db$/, 'json'), JSON.stringify(manifest));
}

test('checkpoints of a log that is no more do not push out those of the log in use', async () => {
  const fixture = new EngineFixture();
  const disk = fixture.disk('disk1');
  try {
    const first = await fixture.open();
    await first.submit(put('a'));
    await first.close();
    for (const sequence of [1_000_000, 2_000_000]) leaveCheckpoint(disk.path, sequence);
    const engine = await fixture.open();
    await engine.submit(put('b'));
    const made = await engine.keeper.make();
    await engine.submit(put('c'));
    const newest = await engine.keeper.make();
    const kept = findCheckpoints([disk]).filter((one) => one.manifest.logId === made.logId);
    assert.deepEqual(
      kept.map((one) => one.manifest.appliedSequence),
      [newest.appliedSequence, made.appliedSequence],
    );
    assert.equal(engine.keeper.newest?.appliedSequence, newest.appliedSequence);
    assert.equal(engine.keeper.releasableSequence, made.appliedSequence);
    await engine.close();
  } finally {
    fixture.remove();
  }
});
