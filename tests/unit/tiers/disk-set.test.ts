import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pino from 'pino';
import { isFailure } from '../../../src-server/domain/failure.ts';
import type { DiskId, Tier } from '../../../src-server/domain/ids.ts';
import { createDiskSetState, type DiskFacts, DiskSet } from '../../../src-server/tiers/disk-set.ts';

const MIB = 1_048_576;
const GIB = 1_024 * MIB;

function facts(id: number, tier: Tier, freeBytes: number | undefined, totalBytes = 50 * GIB): DiskFacts {
  const space = freeBytes === undefined ? undefined : { totalBytes, freeBytes };
  return { id: id as DiskId, uuid: `uuid-${id}`, name: `disk-${id}`, tier, root: `/disk/${id}`, device: id, space };
}

function open(disks: DiskFacts[], logDiskId = 1): { set: DiskSet; other: DiskSet } {
  const { memory, ...state } = createDiskSetState(disks, logDiskId as DiskId);
  const shared = { ...structuredClone(state), memory };
  const log = pino({ level: 'silent' });
  return { set: new DiskSet(shared, log), other: new DiskSet(shared, log) };
}

const ids = (targets: readonly { diskId: DiskId }[]): number[] => targets.map((target) => target.diskId);
const noRoom = (error: unknown): boolean => isFailure(error, 'InsufficientStorage');

describe('disk set', () => {
  it('puts small bodies of the log’s tier into the log, others into segments', () => {
    const { set } = open([facts(1, 'hot', 20 * GIB), facts(2, 'cold', 20 * GIB), facts(3, 'cold', 30 * GIB)]);
    assert.deepEqual(set.placeSmall('hot', 1_000), { kind: 'log' });
    const cold = set.placeSmall('cold', 1_000);
    assert.ok(cold.kind === 'segment');
    assert.deepEqual(ids(cold.targets), [3, 2, 1]);
  });

  it('follows a class whose tier has no disk to the log’s tier', () => {
    const { set } = open([facts(1, 'hot', 20 * GIB)]);
    assert.deepEqual(set.placeSmall('cold', 1_000), { kind: 'log' });
  });

  it('spills when the log’s disk is full, and refuses when all are', () => {
    const { set } = open([facts(1, 'hot', GIB), facts(2, 'warm', 20 * GIB)]);
    const spilled = set.placeSmall('hot', 1_000);
    assert.ok(spilled.kind === 'segment');
    assert.deepEqual(ids(spilled.targets), [2]);
    const full = open([facts(1, 'hot', GIB), facts(2, 'warm', undefined)]).set;
    assert.throws(() => full.placeSmall('hot', 1_000), noRoom);
    assert.throws(() => full.reserve('hot', 10 * MIB), noRoom);
    assert.throws(() => full.reserve('hot', undefined), noRoom);
  });

  it('reserves over all threads, and gives back', () => {
    const { set, other } = open([facts(1, 'hot', 11 * GIB)]);
    const first = set.reserve('hot', 8 * GIB);
    assert.throws(() => other.reserve('hot', 4 * GIB), noRoom);
    first.release();
    first.release();
    const second = other.reserve('hot', 4 * GIB);
    assert.deepEqual(ids(second.nextChunk(64 * MIB)), [1]);
    second.written(64 * MIB);
    assert.throws(() => set.reserve('hot', 7 * GIB), noRoom);
    second.release();
    set.reserve('hot', 9 * GIB).release();
  });

  it('counts what was written since the disk was last looked at', () => {
    const { set, other } = open([facts(1, 'hot', 11 * GIB)]);
    const reservation = set.reserve('hot', 8 * GIB);
    reservation.nextChunk(8 * GIB);
    reservation.written(8 * GIB);
    reservation.release();
    assert.throws(() => other.reserve('hot', 4 * GIB), noRoom);
    const before = other.writtenBytes(1);
    other.setSpace(1, { totalBytes: 50 * GIB, freeBytes: 11 * GIB }, before);
    other.reserve('hot', 4 * GIB).release();
    assert.throws(() => set.reserve('hot', 4 * GIB), noRoom);
  });

  it('spreads an object that is larger than any disk', () => {
    const { set } = open([facts(1, 'hot', 5 * GIB), facts(2, 'hot', 6 * GIB), facts(3, 'warm', 10 * GIB)]);
    const reservation = set.reserve('hot', 12 * GIB);
    const used = new Set<number>();
    for (let chunk = 0; chunk < 192; chunk += 1) used.add(reservation.nextChunk(64 * MIB)[0]?.diskId ?? 0);
    assert.deepEqual([...used].sort(), [1, 2, 3]);
    assert.throws(() => set.reserve('hot', 8 * GIB), noRoom);
    reservation.release();
    set.reserve('hot', 12 * GIB).release();
    assert.throws(() => set.reserve('hot', 22 * GIB), noRoom);
  });

  it('takes a disk that failed last, on every thread, and none that is absent', () => {
    const { set, other } = open([facts(1, 'hot', 30 * GIB), facts(2, 'hot', 20 * GIB)]);
    assert.deepEqual(ids(other.reserve('hot', GIB).nextChunk(MIB)), [1, 2]);
    set.report({ diskId: 1, code: 'EIO', message: 'fdatasync' });
    assert.deepEqual(ids(other.reserve('hot', GIB).nextChunk(MIB)), [2, 1]);
    other.setSpace(2, undefined);
    assert.equal(other.disk(2), undefined);
    assert.deepEqual(ids(other.reserve('hot', GIB).nextChunk(MIB)), [1]);
    other.setSpace(2, { totalBytes: 50 * GIB, freeBytes: 20 * GIB });
    assert.equal(other.disk(2)?.root, '/disk/2');
  });
});
