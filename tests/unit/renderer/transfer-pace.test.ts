import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Pace } from '../../../src-renderer/features/transfers/engine/pace.ts';
import {
  limitAt,
  type PaceSettings,
  timeUnderLimits,
} from '../../../src-renderer/features/transfers/engine/quiet-hours.ts';
import { aFile, FakeClock, fakeSetup } from '../../support/transfer-fakes.ts';

const MB = 1_000_000;
const HOUR = 3_600_000;
/** 18 November 2026 is a Wednesday. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();
const quiet = { fromMinute: 8 * 60, untilMinute: 18 * 60, days: 'working', bytesPerSecond: 2 * MB } as const;
const OFFICE: PaceSettings = { bytesPerSecond: undefined, quiet };

describe('quiet hours', () => {
  it('hold on working days from eight to six', () => {
    const cases = [
      [at(18, 7, 59), undefined, at(18, 8)],
      [at(18, 8), 2 * MB, at(18, 18)],
      [at(18, 17, 59), 2 * MB, at(18, 18)],
      [at(18, 18), undefined, at(19, 8)],
      [at(20, 18), undefined, at(23, 8)],
      [at(21, 12), undefined, at(23, 8)],
    ] as const;
    for (const [atMs, bytesPerSecond, untilMs] of cases) {
      assert.deepEqual(limitAt(OFFICE, atMs), { bytesPerSecond, untilMs, isQuiet: bytesPerSecond !== undefined });
    }
  });

  it('reach over midnight, and belong to the day on which they begin', () => {
    const night = { ...OFFICE, quiet: { ...quiet, fromMinute: 22 * 60, untilMinute: 6 * 60 } };
    assert.equal(limitAt(night, at(18, 23)).untilMs, at(19, 6));
    assert.equal(limitAt(night, at(21, 5)).isQuiet, true, 'Saturday before six is the night of Friday');
    assert.equal(limitAt(night, at(21, 23)).isQuiet, false);
    assert.equal(limitAt({ ...night, quiet: { ...night.quiet, days: 'every' } }, at(21, 23)).isQuiet, true);
  });

  it('never raise the limit of all times', () => {
    const lower = { bytesPerSecond: MB, quiet };
    assert.deepEqual(limitAt(lower, at(18, 12)), { bytesPerSecond: MB, untilMs: undefined, isQuiet: false });
    const higher = { bytesPerSecond: 5 * MB, quiet };
    assert.equal(limitAt(higher, at(18, 12)).bytesPerSecond, 2 * MB);
    assert.equal(limitAt(higher, at(18, 19)).bytesPerSecond, 5 * MB);
  });

  it('are part of the time that is left', () => {
    const settings = { bytesPerSecond: 10 * MB, quiet };
    const twoHours = 10 * MB * 3600 + 2 * MB * 3600;
    assert.equal(timeUnderLimits(settings, at(18, 7), twoHours, 10 * MB), 2 * HOUR, 'one fast, one slow');
    assert.equal(timeUnderLimits(settings, at(18, 17), twoHours, 2 * MB), 2 * HOUR, 'one slow, one fast');
    assert.equal(timeUnderLimits(settings, at(18, 7), twoHours, MB), 12 * HOUR, 'the line is slower than any limit');
    assert.equal(
      timeUnderLimits(OFFICE, at(18, 17), 2 * MB * 7200, 2 * MB),
      2 * HOUR,
      'promises nothing of the free line',
    );
    assert.equal(timeUnderLimits(OFFICE, at(18, 19), 100, undefined), undefined);
    assert.equal(timeUnderLimits(OFFICE, at(18, 19), 0, undefined), 0);
  });
});

describe('pace', () => {
  it('lets the next request start when the last one is paid for', async () => {
    const clock = new FakeClock();
    let calls = 0;
    const pace = new Pace({ now: () => clock.nowMs, after: (ms, run) => clock.after(ms, run) }, () => {
      calls += 1;
    });
    assert.equal(pace.mayStart(), true);
    pace.spent(100 * MB);
    pace.set({ bytesPerSecond: MB, quiet: undefined });
    assert.equal(pace.mayStart(), true, 'what went out before the limit is not owed');
    pace.spent(5 * MB);
    assert.equal(pace.mayStart(), false);
    calls = 0;
    await clock.advance(4750);
    assert.deepEqual([pace.mayStart(), calls], [false, 0]);
    await clock.advance(250);
    assert.deepEqual([pace.mayStart(), calls], [true, 1]);
    pace.spent(MB);
    pace.set({ bytesPerSecond: undefined, quiet: undefined });
    assert.equal(pace.mayStart(), true, 'at once');
    pace.close();
  });

  it('a rest saves up half a second at most', async () => {
    const clock = new FakeClock();
    const pace = new Pace({ now: () => clock.nowMs, after: (ms, run) => clock.after(ms, run) }, () => undefined);
    pace.set({ bytesPerSecond: MB, quiet: undefined });
    await clock.advance(60_000);
    pace.spent(MB);
    assert.equal(pace.mayStart(), false);
    await clock.advance(500);
    assert.equal(pace.mayStart(), true);
    pace.close();
  });

  it('uploads keep to it: small files and parts together, and the speed that is told too', async () => {
    const { engine, server, clock } = fakeSetup();
    engine.pace.set({ bytesPerSecond: 2 * MB, quiet: undefined });
    const sent: [number, number][] = [];
    const started = clock.nowMs;
    server.afterCall = (operation) => {
      if (operation === 'putPart' || operation === 'putBatch') sent.push([clock.nowMs - started, engine.book.size]);
    };
    const small = Array.from({ length: 40 }, (_, index) => aFile(`small/${index}`, new Uint8Array(200_000)));
    engine.add([aFile('large.bin', new Uint8Array(24 * MB)), ...small]);
    await clock.advance(13_000);
    const { bytesPerSecond = 0, remainingMs = 0 } = engine.progress();
    const { sending, waiting, done } = engine.book.totals;
    const out = sending.sent + waiting.sent + done.sent;
    assert.ok(out <= 2 * MB * 13 + 6 * MB, `${out} bytes in 13 s`);
    assert.ok(out >= 2 * MB * 13 - 6 * MB, `${out} bytes in 13 s`);
    assert.ok(bytesPerSecond > 1.2 * MB && bytesPerSecond <= 2 * MB, `${bytesPerSecond} bytes a second`);
    assert.ok(remainingMs > 0 && remainingMs < 8000, `${remainingMs} ms`);
    engine.pace.set({ bytesPerSecond: undefined, quiet: undefined });
    await clock.advance(250);
    assert.equal(engine.book.totals.done.files, 41, 'without a limit the rest goes at once');
    assert.ok(sent.length > 4);
  });
});
