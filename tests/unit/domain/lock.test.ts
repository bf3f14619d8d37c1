import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultRetentionFrom, lockOfNewVersion, readBucketLock } from '../../../src-server/domain/bucket-lock.ts';
import type { EpochMs } from '../../../src-server/domain/ids.ts';
import {
  checkRetentionChange,
  type LockColumns,
  NO_LOCK,
  parseRetainUntil,
  type Retention,
  removability,
} from '../../../src-server/domain/lock.ts';
import { hasJumpedAhead, lockClockAtStart } from '../../../src-server/domain/lock-clock.ts';

const NOW = 1_700_000_000_000 as EpochMs;
const DAY_MS = 86_400_000;
const at = (ms: number) => ms as EpochMs;
const columns = (mode: string | null, untilMs: number | null, hold: number | null = null): LockColumns => ({
  retention_mode: mode,
  retain_until_ms: untilMs,
  legal_hold: hold,
});
const kind = (lock: LockColumns, bypassGovernance = false, lockNowMs = NOW) =>
  removability(lock, { lockNowMs, bypassGovernance }).kind;

describe('removability', () => {
  it('frees what has no lock or whose time is over, to the millisecond', () => {
    assert.equal(kind(columns(null, null)), 'free');
    assert.equal(kind(columns('COMPLIANCE', NOW)), 'free');
    assert.equal(kind(columns('COMPLIANCE', NOW + 1)), 'retained');
    assert.equal(kind(columns(null, null, 0)), 'free');
  });
  it('lets a bypass pass over GOVERNANCE alone', () => {
    assert.equal(kind(columns('GOVERNANCE', NOW + 1)), 'retained');
    assert.equal(kind(columns('GOVERNANCE', NOW + 1), true), 'free');
    assert.equal(kind(columns('COMPLIANCE', NOW + 1), true), 'retained');
    assert.equal(kind(columns('GOVERNANCE', NOW - 1, 1), true), 'held');
  });
  it('keeps what it cannot read, and everything by a clock that says nothing', () => {
    for (const lock of [
      columns('governance', NOW - 1),
      columns('COMPLIANCE', null),
      columns(null, NOW - 1),
      columns('COMPLIANCE', Number.NaN),
    ]) {
      assert.equal(kind(lock, true), 'unreadable');
    }
    assert.equal(kind(columns(null, null, 7), true), 'held');
    assert.equal(kind(columns('COMPLIANCE', NOW), true, at(Number.NaN)), 'unreadable');
    assert.equal(kind(columns('COMPLIANCE', NOW), true, at(0)), 'retained');
  });
});

describe('changes of a retention', () => {
  const change = (stands: LockColumns, wanted: Retention | undefined, bypassGovernance = false) => {
    try {
      checkRetentionChange(stands, wanted, { lockNowMs: NOW, bypassGovernance });
      return 'ok';
    } catch (error) {
      return error instanceof Error ? error.name : 'thrown';
    }
  };
  const until = (mode: Retention['mode'], ms: number): Retention => ({ mode, untilMs: at(NOW + ms) });
  it('COMPLIANCE is only ever extended', () => {
    const stands = columns('COMPLIANCE', NOW + 100);
    assert.equal(change(stands, until('COMPLIANCE', 100)), 'ok');
    assert.equal(change(stands, until('COMPLIANCE', 101)), 'ok');
    for (const bypass of [false, true]) {
      assert.notEqual(change(stands, until('COMPLIANCE', 99), bypass), 'ok');
      assert.notEqual(change(stands, until('GOVERNANCE', 999), bypass), 'ok');
      assert.notEqual(change(stands, undefined, bypass), 'ok');
    }
  });
  it('GOVERNANCE is weakened only by a bypass', () => {
    const stands = columns('GOVERNANCE', NOW + 100);
    assert.equal(change(stands, until('GOVERNANCE', 200)), 'ok');
    for (const wanted of [until('GOVERNANCE', 99), until('COMPLIANCE', 500), undefined]) {
      assert.notEqual(change(stands, wanted), 'ok');
      assert.equal(change(stands, wanted, true), 'ok');
    }
  });
  it('what is over may become anything; what is unreadable nothing', () => {
    assert.equal(change(columns('COMPLIANCE', NOW), until('GOVERNANCE', 1)), 'ok');
    assert.equal(change(columns('COMPLIANCE', NOW), undefined), 'ok');
    assert.notEqual(change(columns('X', NOW - 1), until('COMPLIANCE', 1), true), 'ok');
  });
});

describe('dates and defaults', () => {
  it('reads ISO 8601 with any fraction, rounding up, and no other date', () => {
    assert.equal(parseRetainUntil('2030-01-02T03:04:05Z'), Date.UTC(2030, 0, 2, 3, 4, 5));
    assert.equal(parseRetainUntil('2030-01-02T03:04:05.000000001Z'), Date.UTC(2030, 0, 2, 3, 4, 5, 1));
    assert.equal(parseRetainUntil('2030-01-02T03:04:05.1234567+01:30'), Date.UTC(2030, 0, 2, 1, 34, 5, 124));
    assert.equal(parseRetainUntil('2030-01-02T03:04:05+0000'), Date.UTC(2030, 0, 2, 3, 4, 5));
    for (const text of ['', 'soon', '2030-01-02', '2030-02-30T00:00:00Z', '2030-01-02T03:04:05', '1e3']) {
      assert.throws(() => parseRetainUntil(text), /ISO 8601/, text);
    }
  });
  it('counts days and years of 365 days, from the later of both clocks', () => {
    const rule = { mode: 'COMPLIANCE', unit: 'years', count: 2 } as const;
    assert.equal(defaultRetentionFrom(rule, NOW).untilMs, NOW + 730 * DAY_MS);
    const bucket = { enabled: true, defaultRetention: { ...rule, unit: 'days', count: 1 } } as const;
    const ahead = lockOfNewVersion(bucket, NO_LOCK, { nowMs: NOW, lockNowMs: at(NOW + 5) });
    assert.deepEqual(ahead, columns('COMPLIANCE', NOW + 5 + DAY_MS));
    const asked = { retention: { mode: 'GOVERNANCE', untilMs: at(NOW + 9) } as const, legalHold: true };
    const own = lockOfNewVersion(bucket, asked, { nowMs: NOW, lockNowMs: NOW });
    assert.deepEqual(own, columns('GOVERNANCE', NOW + 9, 1));
    assert.throws(() => lockOfNewVersion(undefined, asked, { nowMs: NOW, lockNowMs: NOW }), /missing Object Lock/);
  });
  it('does not take a configuration that it cannot read for none', () => {
    for (const text of ['{}', 'null', '{"enabled":false}', '{"enabled":true,"defaultRetention":{"mode":"X"}}', 'no']) {
      assert.throws(() => readBucketLock(text), Error, text);
    }
    assert.equal(readBucketLock(null), undefined);
  });
});

describe('the clock of locks', () => {
  it('goes on from the saved time, at most to the wall clock, and holds where that is too far', () => {
    const saved = (hold?: Parameters<typeof lockClockAtStart>[0]) => hold ?? { trustedMs: NOW, hold: undefined };
    assert.deepEqual(lockClockAtStart(undefined, NOW), { trustedMs: NOW, hold: undefined });
    assert.equal(lockClockAtStart(saved(), at(NOW - 400 * DAY_MS)).trustedMs, NOW);
    assert.equal(lockClockAtStart(saved(), at(NOW + 30 * DAY_MS)).trustedMs, NOW + 30 * DAY_MS);
    const far = lockClockAtStart(saved(), at(NOW + 30 * DAY_MS + 1));
    assert.deepEqual([far.trustedMs, far.hold?.while], [NOW, 'stopped']);
    assert.deepEqual(lockClockAtStart(far, NOW), far);
  });
  it('sees a jump ahead of more than a day, and minds no other', () => {
    const before = { wallMs: NOW, monotonicMs: 0 };
    assert.equal(hasJumpedAhead(before, { wallMs: NOW + 40 * DAY_MS, monotonicMs: 40 * DAY_MS }), false);
    assert.equal(hasJumpedAhead(before, { wallMs: NOW + DAY_MS + 10, monotonicMs: 10 }), false);
    assert.equal(hasJumpedAhead(before, { wallMs: NOW + DAY_MS + 11, monotonicMs: 10 }), true);
    assert.equal(hasJumpedAhead(before, { wallMs: NOW - 900 * DAY_MS, monotonicMs: 10 }), false);
  });
});
