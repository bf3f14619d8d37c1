import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { setCrashPointHandler } from '../../../src-server/platform/crash-point.ts';
import { settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';
import { FaultyIo } from '../../support/faulty-io.ts';
import { waitFor } from '../../support/wait-for.ts';

test('rule 15: the newest segment and its folder are synced before anything is replayed', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    await leaveOneRecordToReplay(fixture);
    let callsAtReplay = 0;
    setCrashPointHandler((name) => {
      if (name === 'replayed') callsAtReplay = io.calls.length;
    });
    const engine = await fixture.open({ io: io.wrap });
    assert.equal(engine.recovered.replayedRecords, 1);
    const before = io.calls.slice(0, callsAtReplay).map((call) => `${call.operation} ${call.path.split('/').at(-1)}`);
    assert.deepEqual(before.slice(-3), [
      'open 0000000000000001.log',
      'fdatasync 0000000000000001.log',
      'syncFolder log',
    ]);
    await engine.close();
  } finally {
    setCrashPointHandler(undefined);
    fixture.remove();
  }
});

test('rule 15: when that sync fails nothing is replayed: reads only', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    await leaveOneRecordToReplay(fixture);
    io.fail('fdatasync', 'EIO', { matches: (call) => call.path.endsWith('.log') });
    const engine = await fixture.open({ io: io.wrap });
    assert.match(engine.recovered.refusal ?? '', /EIO/);
    assert.deepEqual(settings(engine), ['a']);
    await assert.rejects(engine.submit(put('x')), (failure) => isFailure(failure, 'ServiceUnavailable'));
    await engine.close();
    const healed = await fixture.open();
    assert.deepEqual(settings(healed), ['a', 'b']);
    await healed.close();
  } finally {
    fixture.remove();
  }
});

async function leaveOneRecordToReplay(fixture: EngineFixture): Promise<void> {
  const engine = await fixture.open();
  await engine.submit(put('a'));
  setCrashPointHandler((name) => {
    if (name === 'before-commit') throw new Error('stop');
  });
  engine.submit(put('b')).catch(() => undefined);
  await waitFor(() => engine.fatal.error !== undefined);
  setCrashPointHandler(undefined);
  engine.abandon();
}
