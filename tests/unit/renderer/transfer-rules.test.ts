import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { numberedKey } from '../../../src-renderer/features/transfers/engine/conflicts.ts';
import { addToCrc64, crc64Text, startCrc64 } from '../../../src-renderer/features/transfers/engine/crc64.ts';
import { backOffMs, batchBytesFor, Lanes, MAX_LANES } from '../../../src-renderer/features/transfers/engine/lanes.ts';
import { Line } from '../../../src-renderer/features/transfers/engine/line.ts';
import { matchFiles } from '../../../src-renderer/features/transfers/engine/match-files.ts';
import { partBytesFor, partCount, partRange } from '../../../src-renderer/features/transfers/engine/part-plan.ts';
import { remainingMs, SpeedMeter } from '../../../src-renderer/features/transfers/engine/speed.ts';
import { createTransfer } from '../../../src-renderer/features/transfers/engine/transfer.ts';
import { formatDuration } from '../../../src-renderer/features/transfers/format.ts';
import { crc64 } from '../../../src-server/storage/crc64-nvme.ts';
import { aFile } from '../../support/transfer-fakes.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const TIB = 1024 ** 4;

describe('the rules of transfers', () => {
  it('the page and the server compute the same checksum', () => {
    const bytes = randomBytes(100_003);
    for (const [start, end] of [
      [0, 0],
      [1, 2],
      [3, 10],
      [5, 13],
      [0, 8],
      [7, 100_003],
    ] as const) {
      const part = bytes.subarray(start, end);
      const state = startCrc64();
      const middle = Math.floor(part.length / 3);
      addToCrc64(state, part.subarray(0, middle));
      addToCrc64(state, part.subarray(middle));
      const expected = Buffer.alloc(8);
      expected.writeBigUInt64BE(crc64(part));
      assert.equal(crc64Text(state), expected.toString('base64'));
    }
  });

  it('parts grow with the file: never more than 10,000, never more than 5 GiB, to 5 TiB', () => {
    for (const size of [9 * MIB, 100 * MIB, GIB, 5 * GIB, 64 * GIB, 640 * GIB, TIB, 5 * TIB]) {
      const part = partBytesFor(size);
      const count = partCount(size, part);
      assert.ok(count <= 10_000 && part >= 8 * MIB && part <= 5 * GIB, `${size}: ${count} of ${part}`);
      const [start, end] = partRange(size, part, count);
      assert.ok(start < end && end === size);
    }
    assert.equal(partBytesFor(200 * MIB), 8 * MIB);
    assert.equal(partBytesFor(5 * TIB), 525 * MIB);
  });

  it('a copy gets the next number, before the ending', () => {
    const cases = [
      ['a.txt', 'a (1).txt'],
      ['x/a (1).txt', 'x/a (2).txt'],
      ['x.y/README', 'x.y/README (1)'],
      ['.profile', '.profile (1)'],
      ['a.tar.gz', 'a.tar (1).gz'],
    ] as const;
    for (const [key, expected] of cases) assert.equal(numberedKey(key, 1), expected);
  });

  it('the speed is smooth, and forgets what was before a sleep', () => {
    const meter = new SpeedMeter();
    for (let at = 0; at <= 5000; at += 100) meter.add(at, 1000);
    assert.equal(Math.round((meter.perSecond(5000) ?? 0) / 1000), 10);
    assert.equal(meter.perSecond(3_600_000), undefined, 'an hour of sleep');
    meter.add(3_600_000, 1000);
    assert.equal(meter.perSecond(3_600_500), undefined, 'too early to say');
    for (let at = 3_600_100; at <= 3_603_000; at += 100) meter.add(at, 500);
    assert.equal(Math.round((meter.perSecond(3_603_000) ?? 0) / 1000), 5);
  });

  it('the time that is left is said by what is slower, bytes or files', () => {
    assert.equal(remainingMs(1, 10_000, 1), 10_000);
    assert.equal(remainingMs(100, 1000, 2), 50_000);
    assert.equal(remainingMs(100, undefined, 2), undefined);
    assert.equal(remainingMs(0, 0, undefined), 0);
  });

  it('lanes grow by one and halve', () => {
    const lanes = new Lanes();
    for (let good = 0; good < 100; good += 1) lanes.wentWell();
    assert.equal(lanes.limit, MAX_LANES);
    lanes.wasTooMuch();
    assert.equal(lanes.limit, 2);
    for (let bad = 0; bad < 5; bad += 1) lanes.wasTooMuch();
    assert.equal(lanes.limit, 1);
    assert.deepEqual([0, 1, 2, 10, 100].map(backOffMs), [1000, 2000, 4000, 30_000, 30_000]);
    assert.deepEqual(
      [undefined, 1, 1e6, 1e9].map((speed) => batchBytesFor(speed, 8e6)),
      [MIB, 262_144, 1e6, 8e6],
    );
  });

  it('a line gives what was put in, in order', () => {
    const line = new Line<number>();
    for (let item = 0; item < 5000; item += 1) line.push(item);
    for (let item = 0; item < 3000; item += 1) assert.equal(line.take(), item);
    line.pushFirst(-1);
    assert.deepEqual([line.length, line.take(), line.take()], [2001, -1, 3000]);
  });

  it('finds the files that were chosen again by path, size and time, at whatever level', () => {
    const waiting = ['photos/a/1.jpg', 'photos/b/1.jpg', 'photos/b/2.jpg', 'notes.txt'].map((path) =>
      createTransfer(path, { ...aFile(path, 'same', 7000) }),
    );
    const facts = { sizeBytes: 4, modifiedAtMs: 7000 };
    const chosen = [
      { path: 'b/1.jpg', ...facts },
      { path: 'a/1.jpg', ...facts },
      { path: 'b/2.jpg', sizeBytes: 5, modifiedAtMs: 7000 },
      { path: 'elsewhere/notes.txt', ...facts },
    ];
    const matched = matchFiles(waiting, chosen);
    assert.deepEqual(
      [...matched].map(([{ path }, found]) => [path, found.path]),
      [
        ['photos/a/1.jpg', 'a/1.jpg'],
        ['photos/b/1.jpg', 'b/1.jpg'],
        ['notes.txt', 'elsewhere/notes.txt'],
      ],
    );
  });

  it('durations say two units at most', () => {
    assert.deepEqual(
      [400, 50_000, 9 * 60_000, 80 * 60_000, 26 * 3_600_000].map((ms) => formatDuration(ms, 'en')),
      ['1 sec', '50 sec', '9 min', '1 hr 20 min', '1 day 2 hr'],
    );
  });
});
