import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { findLockClock } from '../../../../src-server/db/tables/lock-clock.ts';
import type { EpochMs } from '../../../../src-server/domain/ids.ts';
import { LockClock } from '../../../../src-server/platform/lock-clock.ts';
import { LockClockKeeper } from '../../../../src-server/services/locks/lock-clock-keeper.ts';
import { openServiceFixture, type ServiceFixture } from '../../../support/service-context.ts';

const NOW = 1_700_000_000_000;
const DAY_MS = 86_400_000;
let fixture: ServiceFixture;
afterEach(() => fixture.close());

/** One run of a server: its own monotonic clock, the machine's wall clock. */
function runOf(wall: { ms: number }) {
  const monotonic = { ms: 5_000 };
  const lockClock = new LockClock(undefined, () => BigInt(monotonic.ms));
  const context = { ...fixture.context, lockClock, now: () => wall.ms as EpochMs };
  const keeper = new LockClockKeeper(context, { maySave: true, monotonicMs: () => monotonic.ms });
  const pass = async (ms: number) => {
    wall.ms += ms;
    monotonic.ms += ms;
    await keeper.tick();
  };
  return { keeper, lockClock, pass };
}
const savedClock = () => fixture.context.catalogue.read((tx) => findLockClock(tx));

test('before the start no time has come', () => {
  fixture = openServiceFixture();
  assert.equal(new LockClock().nowMs(), 0);
});

test('runs by monotonic time; a wall clock set back or a little ahead moves nothing', async () => {
  fixture = openServiceFixture();
  const wall = { ms: NOW };
  const { keeper, lockClock, pass } = runOf(wall);
  await keeper.start();
  assert.equal(lockClock.nowMs(), NOW);
  await pass(60_000);
  wall.ms -= 300 * DAY_MS;
  await pass(60_000);
  wall.ms += 300 * DAY_MS - DAY_MS + DAY_MS / 2;
  await keeper.stop();
  assert.equal(lockClock.nowMs(), NOW + 120_000);
  assert.deepEqual(await savedClock(), { trustedMs: NOW + 120_000, hold: undefined });
});

test('a jump of over a day holds all expiries, across stops, until an admin confirms', async () => {
  fixture = openServiceFixture();
  const wall = { ms: NOW };
  const first = runOf(wall);
  await first.keeper.start();
  wall.ms += 2 * DAY_MS;
  await first.pass(10_000);
  assert.ok(first.lockClock.isHeld);
  const stoodAt = first.lockClock.nowMs();
  await first.pass(40 * DAY_MS);
  assert.equal(first.lockClock.nowMs(), stoodAt);
  await first.keeper.stop();
  const second = runOf(wall);
  await second.keeper.start();
  assert.equal(second.lockClock.nowMs(), stoodAt);
  assert.equal((await savedClock())?.hold?.while, 'running');
  const by = { userId: null, name: 'admin', accessKeyId: null };
  await fixture.context.engine.submit('confirm-lock-clock', { by, nowMs: wall.ms as EpochMs });
  const third = runOf(wall);
  await third.keeper.start();
  assert.deepEqual([third.lockClock.isHeld, third.lockClock.nowMs()], [false, wall.ms]);
});

test('across a stop it follows the wall clock for 30 days and no longer, and never back', async () => {
  fixture = openServiceFixture();
  const wall = { ms: NOW };
  const start = async () => {
    const run = runOf(wall);
    await run.keeper.start();
    await run.keeper.stop();
    return run.lockClock;
  };
  await start();
  wall.ms = NOW - 100 * DAY_MS;
  assert.equal((await start()).nowMs(), NOW);
  wall.ms = NOW + 29 * DAY_MS;
  assert.equal((await start()).nowMs(), wall.ms);
  wall.ms += 31 * DAY_MS;
  const clock = await start();
  assert.deepEqual([clock.isHeld, clock.nowMs()], [true, NOW + 29 * DAY_MS]);
});
