import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Finder, type StoredDrop, type ToFind } from '../../../src-renderer/features/transfers/finder.ts';
import type { FoundFile } from '../../../src-renderer/features/transfers/sources/found-file.ts';
import { type FakeSetup, fakeSetup, settle } from '../../support/transfer-fakes.ts';

const TARGET = { bucket: 'office', prefix: 'in/' };
const NEVER = new Promise<never>(() => undefined);

const found = (path: string, text = path): FoundFile => ({
  path,
  file: new File([text], path, { lastModified: 7_000 }),
  place: undefined,
  again: undefined,
});

function finderOf({ engine }: FakeSetup, drops: Map<string, StoredDrop>) {
  return new Finder(engine, {
    saveDrop: async (drop) => void drops.set(drop.id, drop),
    removeDrop: async (id) => void drops.delete(id),
  });
}

const given = (names: readonly string[], chunks: readonly (FoundFile[] | typeof NEVER)[]): ToFind => ({
  names,
  rootIds: names,
  walk: async function* () {
    for (const chunk of chunks) yield await chunk;
  },
});

const storedKeys = ({ server }: FakeSetup) => [...server.objects.keys()].sort();

describe('looking through what was dropped', () => {
  it('a page that closes while it looks forgets nothing: the next one finds the rest, an empty file too', async () => {
    const drops = new Map<string, StoredDrop>();
    const first = fakeSetup();
    const finder = finderOf(first, drops);
    const broken = given(['many', 'empty.bin'], [[found('many/1'), found('many/2')], NEVER]);
    void finder.add('drop', broken, TARGET);
    await settle();
    assert.equal(finder.isLooking, true);
    assert.deepEqual(storedKeys(first), ['in/many/1', 'in/many/2']);
    assert.deepEqual([...drops.keys()], ['drop'], 'kept until all of it is listed');
    await first.engine.close();

    const next = fakeSetup({ server: first.server, clock: first.clock, ledger: first.ledger });
    const whole = [found('many/1'), found('many/2'), found('many/3'), found('empty.bin', '')];
    const again = finderOf(next, drops);
    const [drop] = drops.values();
    assert.ok(drop);
    await again.goOn(drop, given(drop.names, [whole]));
    await settle();
    assert.deepEqual(storedKeys(next), ['in/empty.bin', 'in/many/1', 'in/many/2', 'in/many/3']);
    assert.equal(next.engine.book.totals.conflict.files, 0, 'what the first visit stored is nothing to ask about');
    assert.equal(next.engine.book.totals.done.files, 4);
    assert.equal(drops.size, 0);
    assert.equal(again.isLooking, false);
  });

  it('waits where it may not read, and goes on when it may', async () => {
    const drops = new Map<string, StoredDrop>();
    const setup = fakeSetup();
    const finder = finderOf(setup, drops);
    const drop = { id: 'drop', ...TARGET, names: ['many'], rootIds: ['root many'] };
    await finder.goOn(drop, undefined);
    assert.deepEqual(finder.broken, [drop]);
    await finder.goOn(drop, given(['many'], [[found('many/1')]]));
    await settle();
    assert.deepEqual(finder.broken, []);
    assert.deepEqual(storedKeys(setup), ['in/many/1']);
  });

  it('asks for what it cannot find by itself, until all names of it are given or nobody wants them', async () => {
    const setup = fakeSetup();
    const lost = { id: 'drop', ...TARGET, names: ['many', 'large.bin', 'other'], rootIds: [] };
    const drops = new Map<string, StoredDrop>([['drop', lost]]);
    const finder = finderOf(setup, drops);
    await finder.goOn(lost, undefined);
    assert.equal(await finder.giveAgain([found('large.bin'), found('unrelated')]), 1);
    assert.deepEqual(
      finder.broken.map(({ names }) => names),
      [['many', 'other']],
    );
    await finder.add('later', given(['many'], [[found('many/1')]]), TARGET);
    assert.deepEqual(
      [...drops.values()].map(({ names }) => names),
      [['other']],
      'the rest is still wanted',
    );
    await settle();
    assert.deepEqual(storedKeys(setup), ['in/large.bin', 'in/many/1']);
    for (const drop of finder.broken) await finder.forget(drop);
    assert.equal(drops.size, 0);
  });

  it('asks about a file that somebody else stored under the name meanwhile', async () => {
    const setup = fakeSetup();
    await setup.server.put('in/many/1', 'of somebody else', 9_000);
    const finder = finderOf(setup, new Map());
    const drop = { id: 'drop', ...TARGET, names: ['many'], rootIds: ['root many'] };
    await finder.goOn(drop, given(['many'], [[found('many/1')]]));
    await settle();
    assert.equal(setup.engine.book.totals.conflict.files, 1);
  });
});
