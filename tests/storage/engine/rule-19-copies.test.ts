import assert from 'node:assert/strict';
import { fdatasyncSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { nodeFileIo } from '../../../src-server/engine/log/file-io.ts';
import { LOG_START } from '../../../src-server/engine/log/format.ts';
import { LogSegment } from '../../../src-server/engine/log/log-writer.ts';
import { segmentPaths } from '../../support/engine-asserts.ts';
import { EngineFixture } from '../../support/engine-fixture.ts';
import { FaultyIo } from '../../support/faulty-io.ts';

const HEADER = {
  logId: Buffer.alloc(16, 7),
  segment: 1,
  epoch: 1,
  schemaVersion: 1,
  previous: LOG_START,
  members: [Buffer.alloc(16, 1), Buffer.alloc(16, 2)],
  voids: [],
};

test('rule 19: a segment with two copies is written and synced on both, in parallel', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const disks = [fixture.disk('disk1'), fixture.disk('disk2')];
    const segment = LogSegment.create(io.wrap(nodeFileIo(async (fd) => fdatasyncSync(fd))), disks, HEADER);
    io.calls.length = 0;
    segment.write(Buffer.alloc(5000, 3));
    await segment.sync();
    segment.keep(5000);
    assert.equal(segment.nextOffset, 12_288);
    assert.deepEqual(
      io.calls.map((call) => call.operation),
      ['write', 'write', 'fdatasync', 'fdatasync'],
    );
    segment.close();
    const [one, two] = disks.map((disk) => readFileSync(segmentPaths(disk)[0] ?? ''));
    assert.equal(one?.length, 9096);
    assert.ok(two !== undefined && one?.equals(two));
  } finally {
    fixture.remove();
  }
});

test('rule 19: a batch that one copy does not take or sync fails', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const disks = [fixture.disk('disk1'), fixture.disk('disk2')];
    const segment = LogSegment.create(io.wrap(nodeFileIo(async (fd) => fdatasyncSync(fd))), disks, HEADER);
    const onSecond = (call: { path: string }): boolean => call.path.includes('disk2');
    io.fail('fdatasync', 'EIO', { matches: onSecond });
    segment.write(Buffer.alloc(10));
    await assert.rejects(async () => segment.sync(), { code: 'EIO' });
    io.fail('write', 'short', { matches: onSecond });
    assert.throws(() => segment.write(Buffer.alloc(10)), { name: 'ShortTransfer' });
    segment.close();
  } finally {
    fixture.remove();
  }
});
