import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BumpArena } from '../../../src-server/storage/bump-arena.ts';
import { BLOCK_BYTES, QUARTER_BYTES, type Slab, SlabArena } from '../../../src-server/storage/slab-arena.ts';

/** Numbers below `limit`, the same ones every time. */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

describe('slab arena', () => {
  it('never gives the same bytes twice, and never more than its cap', async () => {
    const arena = new SlabArena(5 * BLOCK_BYTES);
    const next = seeded(7);
    const owned: Slab[] = [];
    const blocks = new Set<number>();
    for (let round = 0; round < 3_000; round += 1) {
      const slab = arena.tryTake(1 + next(4));
      if (slab !== undefined) {
        for (const other of owned) {
          const apart: boolean =
            other.block !== slab.block ||
            other.offset + other.bytes.length <= slab.offset ||
            slab.offset + slab.bytes.length <= other.offset;
          assert.ok(apart);
        }
        blocks.add(slab.block);
        owned.push(slab);
      }
      if (slab === undefined || next(3) === 0) owned.splice(next(owned.length), 1)[0]?.release();
    }
    assert.ok(blocks.size <= 5);
    for (const slab of owned) {
      slab.release();
      slab.release();
    }
    assert.equal(arena.usedBytes, 0);
  });

  it('serves who waits in order, whatever they want, as soon as there is room', async () => {
    const arena = new SlabArena(BLOCK_BYTES);
    const [a, b] = [await arena.take(2), await arena.take(2)];
    const order: string[] = [];
    const whole = arena.take(4).then((slab) => {
      order.push('whole');
      return slab;
    });
    const quarter = arena.take(1).then((slab) => {
      order.push('quarter');
      return slab;
    });
    a.release();
    await new Promise(setImmediate);
    assert.deepEqual(order, [], 'the first in line wants the whole block, and nobody passes it');
    b.release();
    (await whole).release();
    (await quarter).release();
    assert.deepEqual(order, ['whole', 'quarter']);
  });

  it('gives the least once more than half is in use', async () => {
    const arena = new SlabArena(2 * BLOCK_BYTES);
    assert.equal((await arena.take(1, 4)).bytes.length, 4 * QUARTER_BYTES);
    assert.equal(arena.pressed, false);
    assert.equal((await arena.take(1, 4)).bytes.length, 4 * QUARTER_BYTES);
    assert.equal(arena.pressed, true);
    const small = new SlabArena(4 * BLOCK_BYTES);
    for (let index = 0; index < 3; index += 1) await small.take(4);
    assert.equal((await small.take(1, 4)).bytes.length, QUARTER_BYTES);
  });

  it('tells who waits too long that the server is busy', async (context) => {
    context.mock.timers.enable({ apis: ['setTimeout'] });
    const arena = new SlabArena(BLOCK_BYTES);
    const all = await arena.take(4);
    const waiting = assert.rejects(arena.take(1), { code: 'SlowDown' });
    context.mock.timers.tick(30_000);
    await waiting;
    all.release();
    assert.ok(arena.tryTake(4));
  });
});

describe('bump arena', () => {
  it('cuts pieces that do not overlap, and gives blocks back when all of their pieces are', async () => {
    const slabs = new SlabArena(25 * BLOCK_BYTES);
    const pieces = new BumpArena(slabs);
    const next = seeded(3);
    const owned: { bytes: Buffer; mark: number; release(): void }[] = [];
    for (let round = 0; round < 2_000; round += 1) {
      const piece = await pieces.take(1 + next(70_000));
      const mark = round % 251;
      piece.bytes.fill(mark);
      owned.push({ bytes: piece.bytes, mark, release: piece.release });
      while (owned.length > 20) {
        const [old] = owned.splice(next(owned.length), 1);
        assert.ok(old);
        assert.ok(old.bytes.every((byte) => byte === old.mark));
        old.release();
        old.release();
      }
    }
    for (const { release } of owned) release();
    assert.equal(slabs.usedBytes, BLOCK_BYTES, 'the block that is being cut stays');
  });
});
