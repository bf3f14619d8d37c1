import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verify } from '@node-rs/argon2';
import type { EpochMs } from '../../../../src-server/domain/ids.ts';
import { NO_PASSWORD_HASH } from '../../../../src-server/services/access/password.ts';
import type { ServiceContext } from '../../../../src-server/services/context.ts';
import { resolveSession } from '../../../../src-server/services/sessions/resolve-session.ts';
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from '../../../../src-server/services/sessions/session-rules.ts';
import { signIn } from '../../../../src-server/services/sessions/sign-in.ts';
import { SignInLimiter } from '../../../../src-server/services/sessions/sign-in-limiter.ts';
import { openServiceFixture, type ServiceFixture } from '../../../support/service-context.ts';
import { provision } from '../../../support/users.ts';

const PASSWORD = 'a long password';
const START_MS = 1_700_000_000_000;
const ADDRESS = '10.0.0.1';

/** A session of anna's, and a clock to be set. */
async function signedIn(fixture: ServiceFixture) {
  const clock = { nowMs: START_MS };
  // A test's clock mints times.
  const context: ServiceContext = { ...fixture.context, now: () => clock.nowMs as EpochMs };
  await provision(context, { users: [{ name: 'anna', role: 'admin', password: PASSWORD }] });
  const outcome = await signIn(context, { name: 'anna', password: PASSWORD, address: ADDRESS, client: 'test' });
  assert.equal(outcome.kind, 'signed-in');
  const token = outcome.kind === 'signed-in' ? outcome.token : '';
  return { context, clock, isAlive: async () => (await resolveSession(context, token, ADDRESS)) !== undefined };
}

async function withFixture(run: (fixture: ServiceFixture) => Promise<void>): Promise<void> {
  const fixture = openServiceFixture();
  try {
    await run(fixture);
  } finally {
    fixture.close();
  }
}

test('a session ends when it is not used', () =>
  withFixture(async (fixture) => {
    const { clock, isAlive } = await signedIn(fixture);
    clock.nowMs += SESSION_IDLE_MS - 1;
    assert.ok(await isAlive());
    clock.nowMs += SESSION_IDLE_MS - 1;
    assert.ok(await isAlive());
    clock.nowMs += SESSION_IDLE_MS;
    assert.ok(!(await isAlive()));
  }));

test('a session ends after its life, however much it is used', () =>
  withFixture(async (fixture) => {
    const { clock, isAlive } = await signedIn(fixture);
    const step = SESSION_IDLE_MS / 2;
    for (; clock.nowMs + step < START_MS + SESSION_LIFE_MS; clock.nowMs += step) assert.ok(await isAlive());
    clock.nowMs = START_MS + SESSION_LIFE_MS;
    assert.ok(!(await isAlive()));
  }));

test('the last use is written back at most once in five minutes', () =>
  withFixture(async (fixture) => {
    const { clock, isAlive } = await signedIn(fixture);
    const touches = () => fixture.submitted.filter((name) => name === 'touch-session').length;
    for (let seconds = 0; seconds < 299; seconds += 10) {
      clock.nowMs = START_MS + seconds * 1000;
      await isAlive();
    }
    assert.equal(touches(), 0);
    clock.nowMs = START_MS + 300_000;
    await isAlive();
    await isAlive();
    assert.equal(touches(), 1);
  }));

test('a session ends at once when its user is disabled, and a new one is refused', () =>
  withFixture(async (fixture) => {
    const { context, isAlive } = await signedIn(fixture);
    await fixture.engine.run((tx) => tx.run("UPDATE iam_user SET state = 'disabled' WHERE name = 'anna'"));
    assert.ok(!(await isAlive()));
    const again = await signIn(context, { name: 'anna', password: PASSWORD, address: ADDRESS, client: 'test' });
    assert.equal(again.kind, 'wrong-credentials');
  }));

test('the hash of nobody is one that is really computed', async () => {
  assert.equal(await verify(NO_PASSWORD_HASH, 'anything'), false);
});

test('the limiter: five tries are free, then waits double to a bound and are forgotten', () => {
  const limiter = new SignInLimiter();
  let nowMs = START_MS;
  for (let i = 0; i < 5; i++) assert.equal(limiter.take('anna', `10.0.0.${i}`, nowMs), 0);
  const waits: number[] = [];
  for (let i = 0; i < 9; i++) {
    const waitMs = limiter.take('anna', `10.0.1.${i}`, nowMs);
    waits.push(waitMs);
    nowMs += waitMs;
    assert.equal(limiter.take('anna', `10.0.1.${i}`, nowMs), 0);
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  nowMs += 3_600_000;
  for (let i = 0; i < 5; i++) assert.equal(limiter.take('anna', '10.0.2.1', nowMs), 0);
});

test('the limiter: an address waits whatever the name, and being right does not wash it clean', () => {
  const limiter = new SignInLimiter();
  for (let i = 0; i < 4; i++) assert.equal(limiter.take(`user-${i}`, ADDRESS, START_MS), 0);
  assert.equal(limiter.take('mallory', ADDRESS, START_MS), 0);
  limiter.succeed('mallory', ADDRESS);
  assert.equal(limiter.take('user-5', ADDRESS, START_MS), 0);
  assert.equal(limiter.take('user-6', ADDRESS, START_MS), 1000);
  assert.equal(limiter.take('user-6', '10.0.0.2', START_MS), 0);
});
