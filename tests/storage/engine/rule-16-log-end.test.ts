import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { BLOCK_BYTES } from '../../../src-server/engine/log/format.ts';
import { checkLog } from '../../../src-server/engine/offline/check-log.ts';
import { assertReplayEqual, logRecords, segmentPaths, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

const names = ['a', 'b', 'c', 'd'];

async function fill(fixture: EngineFixture, durability: 'strict' | 'relaxed' = 'strict'): Promise<string> {
  const engine = await fixture.open({ durability });
  for (const name of names) await engine.submit(put(name));
  engine.abandon();
  return segmentPaths(fixture.disk('disk1'))[0] ?? '';
}

function offsets(fixture: EngineFixture): number[] {
  return logRecords([fixture.disk('disk1')]).map(({ record }) => record.offset);
}

/** The catalogue back at the log's first record, which only its own commit could have brought further. */
async function forgetApplied(fixture: EngineFixture, count: number): Promise<void> {
  const record = logRecords([fixture.disk('disk1')])[count - 1]?.record;
  const engine = await fixture.open();
  const { db } = engine.core.parts;
  db.exec(
    `DELETE FROM setting WHERE name NOT IN (${names
      .slice(0, count - 1)
      .map((name) => `'${name}'`)
      .join(', ')})`,
  );
  db.prepare('UPDATE log_state SET applied_seq = ?, applied_crc = ?, position = ?, segment = 1, synced_seq = ?').run(
    record?.sequence,
    record?.batchCrc,
    record?.offset,
    record?.sequence,
  );
  engine.abandon();
}

for (const tail of ['garbage', 'zeros', 'a torn batch'] as const) {
  test(`rule 16: ${tail} behind the last record is an orphan tail: sealed there, never appended over`, async () => {
    const fixture = new EngineFixture();
    try {
      const path = await fill(fixture);
      const whole = readFileSync(path);
      const last = offsets(fixture).at(-1) ?? 0;
      const torn = whole.subarray(last, last + 80);
      const bytes = { garbage: Buffer.alloc(9000, 0x5a), zeros: Buffer.alloc(9000), 'a torn batch': torn }[tail];
      appendFileSync(path, Buffer.concat([Buffer.alloc(BLOCK_BYTES - (whole.length % BLOCK_BYTES)), bytes]));
      const engine = await fixture.open();
      assert.equal(engine.recovered.refusal, undefined);
      await engine.submit(put('e'));
      await engine.close();
      assert.equal(segmentPaths(fixture.disk('disk1')).length, 2);
      assert.equal(readFileSync(path).length, Math.ceil(whole.length / BLOCK_BYTES) * BLOCK_BYTES + bytes.length);
      assertReplayEqual(fixture);
    } finally {
      fixture.remove();
    }
  });
}

test('rule 16: an invalid record before a valid one is damage: reads only, nothing guessed', async () => {
  const fixture = new EngineFixture();
  try {
    const path = await fill(fixture);
    const at = offsets(fixture);
    await forgetApplied(fixture, 2);
    removeLaterSegments(fixture);
    flip(path, (at[2] ?? 0) + 100);
    const engine = await fixture.open();
    assert.match(engine.recovered.refusal ?? '', /damaged.*is whole, but what stands before it/);
    assert.deepEqual(settings(engine), ['a']);
    engine.abandon();
    assert.equal(checkLog({ disks: [fixture.disk('disk1')] }).tailBytes > 0, true);
  } finally {
    fixture.remove();
  }
});

test('rule 16: an invalid record that a later segment goes on after is damage', async () => {
  const fixture = new EngineFixture();
  try {
    const path = await fill(fixture);
    const at = offsets(fixture);
    const second = await fixture.open();
    await second.submit(put('in the next segment'));
    second.abandon();
    await forgetApplied(fixture, 2);
    flip(path, (at.at(-1) ?? 0) + 100);
    const engine = await fixture.open();
    assert.match(engine.recovered.refusal ?? '', /damaged.*although a later segment follows/);
    engine.abandon();
    assert.equal(checkLog({ disks: [fixture.disk('disk1')] }).problems.length, 1);
  } finally {
    fixture.remove();
  }
});

test('rule 16: where nothing was synced, a power cut may keep a later record and lose one before it', async () => {
  const fixture = new EngineFixture();
  try {
    const path = await fill(fixture, 'relaxed');
    const at = offsets(fixture);
    // Records 2 to 5 were written and never synced; the disk kept 2, 4 and 5. The catalogue had come to 2.
    const engine = await fixture.open({ durability: 'relaxed' });
    engine.abandon();
    const records = logRecords([fixture.disk('disk1')]).map(({ record }) => record);
    const { db } = (await fixture.open()).core.parts;
    db.exec("DELETE FROM setting WHERE name <> 'a'");
    db.prepare('UPDATE log_state SET applied_seq = ?, applied_crc = ?, position = ?, segment = 1, synced_seq = 1').run(
      records[1]?.sequence,
      records[1]?.batchCrc,
      records[1]?.offset,
    );
    fixture.abandonAll();
    removeLaterSegments(fixture);
    flip(path, (at[2] ?? 0) + 100);
    const again = await fixture.open({ durability: 'relaxed' });
    assert.equal(again.recovered.refusal, undefined);
    assert.deepEqual(settings(again), ['a']);
    await again.submit(put('z'));
    await again.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

function removeLaterSegments(fixture: EngineFixture): void {
  for (const path of segmentPaths(fixture.disk('disk1')).slice(1)) fixture.removeFile(path);
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
}
