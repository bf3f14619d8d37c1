import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type DiskRoom,
  hardReserveBytes,
  orderDisks,
  roomBytes,
  tierOrder,
} from '../../../src-server/domain/placement.ts';

const GIB = 1_073_741_824;
const MIB = 1_048_576;

type Named = DiskRoom & { readonly name: string };

function disk(name: string, facts: Partial<DiskRoom> = {}): Named {
  const room = {
    tier: 'hot' as const,
    totalBytes: 1_000 * GIB,
    freeBytes: 500 * GIB,
    reservedBytes: 0,
    suspect: false,
  };
  return { name, ...room, ...facts };
}

function names(disks: readonly Named[]): string {
  return disks.map(({ name }) => name).join();
}

describe('placement', () => {
  it('keeps what TIERS.md says', () => {
    assert.equal(hardReserveBytes(1_000 * GIB), 20 * GIB);
    assert.equal(hardReserveBytes(100 * GIB), 2 * GIB);
    assert.equal(hardReserveBytes(10 * GIB), 0.2 * GIB);
    assert.equal(hardReserveBytes(3 * MIB), MIB);
    assert.equal(roomBytes(disk('a', { freeBytes: 10 * GIB })), 0);
    assert.equal(roomBytes(disk('a', { freeBytes: 30 * GIB, reservedBytes: 4 * GIB })), 6 * GIB);
  });

  it('spills to the next lower tier, then to the nearest higher', () => {
    assert.deepEqual(tierOrder('hot'), ['hot', 'warm', 'cold']);
    assert.deepEqual(tierOrder('warm'), ['warm', 'cold', 'hot']);
    assert.deepEqual(tierOrder('cold'), ['cold', 'warm', 'hot']);
    const all = [disk('h'), disk('w', { tier: 'warm' }), disk('c', { tier: 'cold' })];
    assert.equal(names(orderDisks(all, 'hot', 1)), 'h,w,c');
    assert.equal(names(orderDisks(all, 'warm', 1)), 'w,c,h');
    const full = disk('h', { freeBytes: 20 * GIB + 5 });
    assert.equal(names(orderDisks([full, disk('c', { tier: 'cold' })], 'hot', 6)), 'c');
    assert.equal(names(orderDisks([full], 'hot', 5)), 'h');
  });

  it('prefers room, and avoids disks past the soft mark, and those that failed', () => {
    const more = disk('more', { freeBytes: 600 * GIB });
    assert.equal(names(orderDisks([disk('less'), more], 'hot', 1)), 'more,less');
    const large = disk('large', { totalBytes: 10_000 * GIB, freeBytes: 1_000 * GIB });
    assert.equal(names(orderDisks([large, disk('less')], 'hot', 1)), 'less,large');
    assert.equal(names(orderDisks([disk('s', { suspect: true, freeBytes: 900 * GIB }), large], 'hot', 1)), 'large,s');
    assert.equal(names(orderDisks([disk('busy', { reservedBytes: 200 * GIB }), disk('free')], 'hot', 1)), 'free,busy');
  });
});
