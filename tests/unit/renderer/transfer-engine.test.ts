import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { TransferState } from '../../../src-renderer/features/transfers/engine/transfer.ts';
import type { TransferEngine } from '../../../src-renderer/features/transfers/engine/transfer-engine.ts';
import { ApiError } from '../../../src-renderer/lib/api.ts';
import { aFile, type FakeServer, type FakeSetup, fakeSetup, settle, sourceOf } from '../../support/transfer-fakes.ts';

const MIB = 1024 * 1024;
const LARGE = new Uint8Array(randomBytes(20 * MIB + 123));

const LOST = () => new ApiError(0, 'ConnectionLost', '');
const statesOf = (engine: TransferEngine) => engine.list('all').map(({ path, state }) => `${path} ${state}`);
const files = (engine: TransferEngine, state: TransferState) => engine.book.totals[state].files;
const contentOf = (server: FakeServer, key: string) => server.objects.get(key)?.bytes.toString();

/** The engine of the next visit of the page, with what the ledger kept. */
function nextVisit(
  { server, clock, ledger }: FakeSetup,
  bytesOf: (path: string) => Uint8Array<ArrayBuffer> | undefined,
) {
  const next = fakeSetup({ server, clock, ledger });
  for (const record of ledger.records.values()) {
    const bytes = bytesOf(record.path);
    const source = bytes && sourceOf(new File([bytes], record.path, { lastModified: record.modifiedAtMs }));
    next.engine.restore(record, ledger.parts.get(record.id) ?? new Map(), source);
  }
  return next;
}

describe('transfer engine', () => {
  it('sends small files together and a large one in parts, over few requests at a time', async () => {
    const { engine, server } = fakeSetup();
    const small = Array.from({ length: 600 }, (_, index) => aFile(`many/${index}.txt`, `content ${index}`));
    engine.add([aFile('large.bin', LARGE), ...small, aFile('empty/', '')]);
    await settle();
    await settle();
    assert.equal(files(engine, 'done'), 602);
    assert.equal(contentOf(server, 'many/599.txt'), 'content 599');
    assert.ok(server.objects.get('large.bin')?.bytes.equals(LARGE));
    assert.equal(server.objects.get('empty/')?.bytes.length, 0);
    assert.ok(server.count('putBatch') <= 6, `${server.count('putBatch')} batches`);
    assert.equal(server.count('putPart'), 3);
    assert.ok(server.busiest <= 4, `${server.busiest} at once`);
    const [done] = engine.list('done').filter(({ path }) => path === 'large.bin');
    assert.equal(done?.crc64nvme, server.objects.get('large.bin')?.crc64nvme);
  });

  it('pauses in the middle, keeps what was sent, and goes on', async () => {
    const { engine, server } = fakeSetup();
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.onCall = (operation, about) => (operation === 'putPart' && about !== 'large.bin 1' ? gate : undefined);
    engine.add([aFile('large.bin', LARGE)]);
    await settle();
    engine.pause(engine.list('all'));
    release();
    await settle();
    assert.deepEqual(statesOf(engine), ['large.bin paused']);
    assert.equal(engine.book.totals.paused.sent, 8 * MIB);
    const before = server.count('putPart');
    server.onCall = () => undefined;
    engine.resume(engine.list('all'));
    await settle();
    assert.deepEqual(statesOf(engine), ['large.bin done']);
    assert.equal(server.count('putPart') - before, 2);
    assert.equal(server.count('begin'), 1);
  });

  it('waits for the network with growing pauses, and goes on at once when it is back', async () => {
    const { engine, server, clock } = fakeSetup();
    let isOffline = true;
    server.onCall = () => {
      if (isOffline) throw LOST();
    };
    engine.add([aFile('a.txt', 'a')]);
    await clock.advance(8000);
    assert.equal(engine.progress().hold.kind, 'offline');
    assert.equal(server.count('ping'), 3, 'after 1, 2 and 4 seconds');
    assert.deepEqual(statesOf(engine), ['a.txt waiting']);
    isOffline = false;
    engine.tryNow();
    await settle();
    assert.deepEqual(statesOf(engine), ['a.txt done']);
  });

  it('a lost connection costs a large file no try as long as it moves', async () => {
    const { engine, server, clock } = fakeSetup();
    let parts = 0;
    server.onCall = (operation) => {
      if (operation !== 'putPart') return;
      parts += 1;
      if (parts % 2 === 1) throw LOST();
    };
    engine.add([aFile('large.bin', new Uint8Array(60 * MIB))]);
    await clock.advance(60_000);
    assert.deepEqual(statesOf(engine), ['large.bin done']);
  });

  it('takes an answer that was lost for what it was: nothing is asked, nothing stored twice', async () => {
    const { engine, server, clock } = fakeSetup();
    let isFirst = true;
    server.afterCall = (operation) => {
      if (operation !== 'putBatch' || !isFirst) return;
      isFirst = false;
      throw LOST();
    };
    engine.add([aFile('a.txt', 'a'), aFile('b.txt', 'b')]);
    await clock.advance(3000);
    assert.deepEqual(statesOf(engine), ['a.txt done', 'b.txt done']);
  });

  it('asks where something stands under the key, and does what is chosen', async () => {
    const { engine, server } = fakeSetup();
    for (const name of ['skip', 'replace', 'keep', 'older', 'newer', 'same']) await server.put(name, 'old', 9_000_000);
    await server.put('keep (1)', 'taken');
    const add = (name: string, text: string, modifiedAtMs: number) => engine.add([aFile(name, text, modifiedAtMs)]);
    add('skip', 'new', 0);
    add('replace', 'new', 0);
    add('keep', 'new', 0);
    add('older', 'new', 8_000_000);
    add('newer', 'new', 10_000_000);
    add('same', 'old', 10_000_000);
    add('free', 'new', 0);
    await settle();
    assert.equal(files(engine, 'conflict'), 6);
    assert.equal(contentOf(server, 'free'), 'new');
    const choose = (path: string, choice: Parameters<TransferEngine['choose']>[1]) =>
      engine.choose(
        engine.list('all').filter((one) => one.path === path),
        choice,
        false,
      );
    choose('skip', 'skip');
    choose('replace', 'replace');
    choose('keep', 'keep-both');
    choose('older', 'newer');
    choose('newer', 'newer');
    choose('same', 'different');
    await settle();
    // The number that keeps both apart was taken too, so that is asked about again.
    assert.deepEqual(
      [...engine.book.in('conflict')].map(({ key }) => key),
      ['keep (1)'],
    );
    choose('keep', 'keep-both');
    await settle();
    assert.equal(contentOf(server, 'keep (2)'), 'new');
    const content = ['skip', 'replace', 'keep', 'older', 'newer'].map((key) => contentOf(server, key));
    assert.deepEqual(content, ['old', 'new', 'old', 'old', 'new']);
    assert.deepEqual(
      engine
        .list('done')
        .filter(({ state }) => state === 'skipped')
        .map(({ path }) => path)
        .sort(),
      ['older', 'same', 'skip'],
    );
  });

  it('one answer holds for all of a drop, also for files that are found later', async () => {
    const { engine, server } = fakeSetup();
    for (const name of ['a', 'b', 'c']) await server.put(name, 'old');
    engine.add([aFile('a', 'new'), aFile('b', 'new')]);
    await settle();
    engine.choose(engine.book.in('conflict'), 'replace', true);
    engine.add([aFile('c', 'new')]);
    await settle();
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => contentOf(server, key)),
      ['new', 'new', 'new'],
    );
  });

  it('never replaces what came in between: it asks', async () => {
    const { engine, server } = fakeSetup();
    server.onCall = async (operation) => {
      if (operation === 'putBatch') await server.put('a', 'of somebody else');
    };
    engine.add([aFile('a', 'mine')]);
    await settle();
    assert.deepEqual(statesOf(engine), ['a conflict']);
    assert.equal(contentOf(server, 'a'), 'of somebody else');
  });

  it('fails what is refused, says why, and tries again when asked', async () => {
    const { engine, server } = fakeSetup();
    let isDenied = true;
    server.onCall = (operation) => {
      if (operation === 'begin' && isDenied) throw new ApiError(403, 'AccessDenied', 'no');
    };
    engine.add([aFile('large.bin', LARGE), aFile('a.txt', 'a')]);
    await settle();
    assert.deepEqual(statesOf(engine), ['large.bin failed', 'a.txt done']);
    assert.equal(engine.list('failed')[0]?.error?.code, 'AccessDenied');
    isDenied = false;
    engine.resume(engine.book.in('failed'));
    await settle();
    assert.equal(files(engine, 'done'), 2);
  });

  it('gives a server that is too busy some rest, with fewer requests', async () => {
    const { engine, server, clock } = fakeSetup();
    let refusals = 2;
    server.onCall = (operation) => {
      if (operation !== 'putPart' || refusals === 0) return;
      refusals -= 1;
      throw new ApiError(503, 'SlowDown', '');
    };
    engine.add([aFile('large.bin', LARGE)]);
    await settle();
    assert.equal(engine.progress().hold.kind, 'busy');
    await clock.advance(6000);
    assert.deepEqual(statesOf(engine), ['large.bin done']);
  });

  it('holds while nobody is signed in', async () => {
    const { engine, server } = fakeSetup();
    let isSignedOut = true;
    server.onCall = () => {
      if (isSignedOut) throw new ApiError(401, 'SignInNeeded', '');
    };
    engine.add([aFile('a.txt', 'a')]);
    await settle();
    assert.equal(engine.progress().hold.kind, 'signed-out');
    isSignedOut = false;
    engine.tryNow();
    await settle();
    assert.deepEqual(statesOf(engine), ['a.txt done']);
  });

  it('sends first what is to go first, and lists what cannot be read as failed', async () => {
    const { engine, server } = fakeSetup();
    const begun: string[] = [];
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    server.onCall = (operation, about) => {
      if (operation === 'begin') begun.push(about);
      return operation === 'putPart' ? gate : undefined;
    };
    const bytes = new Uint8Array(9 * MIB);
    const unreadable = { ...aFile('x', ''), error: { code: 'FileUnreadable', message: '' } };
    engine.add([...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => aFile(name, bytes)), unreadable]);
    await settle();
    engine.sendFirst(engine.list('all').filter(({ path }) => path === 'f'));
    release();
    await settle();
    assert.ok(begun.indexOf('f') < begun.indexOf('e'), begun.join());
    assert.equal(files(engine, 'done'), 6);
    assert.deepEqual(
      engine.list('failed').map(({ path, error }) => [path, error?.code]),
      [['x', 'FileUnreadable']],
    );
  });

  it('cancels: the upload is released, the ledger forgets it', async () => {
    const { engine, server, clock, ledger } = fakeSetup();
    server.onCall = (operation) => (operation === 'putPart' ? new Promise(() => {}) : undefined);
    engine.add([aFile('large.bin', LARGE)]);
    await clock.advance(2000);
    assert.equal(ledger.records.size, 1);
    engine.remove(engine.list('all'));
    await clock.advance(2000);
    assert.deepEqual([engine.book.size, server.uploads.size, ledger.records.size], [0, 0, 0]);
  });

  it('says the speed and how long the rest takes', async () => {
    const { engine, server, clock } = fakeSetup();
    server.onCall = async (operation) => {
      if (operation === 'putPart') await new Promise<void>((resolve) => clock.after(1000, resolve));
    };
    engine.add([aFile('large.bin', new Uint8Array(80 * MIB))]);
    await clock.advance(3000);
    const { bytesPerSecond = 0, remainingMs = 0 } = engine.progress();
    assert.ok(bytesPerSecond > 10 * MIB && bytesPerSecond < 60 * MIB, `${bytesPerSecond}`);
    assert.ok(remainingMs > 0 && remainingMs < 15_000, `${remainingMs}`);
    await clock.advance(12_000);
    assert.equal(files(engine, 'done'), 1);
  });
});

describe('transfers after a reload', () => {
  const begun = async () => {
    const setup = fakeSetup();
    setup.server.onCall = (operation, about) => {
      // Part 2 never ends: the page is closed under it.
      if (operation === 'putPart' && about === 'large.bin 2') return new Promise(() => {});
    };
    setup.engine.add([aFile('large.bin', LARGE)]);
    await setup.clock.advance(3000);
    setup.server.onCall = () => undefined;
    return setup;
  };

  it('sends only the parts that the server has not', async () => {
    const setup = await begun();
    assert.deepEqual([...(setup.ledger.parts.values().next().value?.keys() ?? [])].sort(), [1, 3]);
    const before = setup.server.count('putPart');
    const { engine, server, clock, ledger } = nextVisit(setup, () => LARGE);
    await clock.advance(2000);
    assert.deepEqual(statesOf(engine), ['large.bin done']);
    assert.equal(server.count('putPart') - before, 1);
    assert.ok(server.objects.get('large.bin')?.bytes.equals(LARGE));
    assert.deepEqual([ledger.records.size, ledger.parts.size], [0, 0]);
  });

  it('trusts no part that the server has otherwise, and takes one that it has unnoted', async () => {
    const setup = await begun();
    const [upload] = setup.server.uploads.values();
    const noted = [...setup.ledger.parts.values()][0];
    const third = upload?.parts.get(3);
    assert.ok(upload !== undefined && noted !== undefined && third !== undefined);
    upload.parts.set(3, { ...third, crc64nvme: 'AAAAAAAAAAA=', etag: 'other' });
    noted.delete(1);
    const before = setup.server.count('putPart');
    const { engine, server } = nextVisit(setup, () => LARGE);
    await settle();
    assert.deepEqual(statesOf(engine), ['large.bin done']);
    assert.equal(server.count('putPart') - before, 2, 'parts 2 and 3');
    assert.ok(server.objects.get('large.bin')?.bytes.equals(LARGE));
  });

  it('begins anew where the file is another one', async () => {
    const setup = await begun();
    const other = new Uint8Array(randomBytes(LARGE.length));
    const { engine, server } = nextVisit(setup, () => other);
    await settle();
    assert.deepEqual(statesOf(engine), ['large.bin done']);
    assert.ok(server.objects.get('large.bin')?.bytes.equals(other));
    assert.equal(server.uploads.size, 0);
  });

  it('begins anew where the server knows the upload no more', async () => {
    const setup = await begun();
    setup.server.uploads.clear();
    const { engine, server } = nextVisit(setup, () => LARGE);
    await settle();
    assert.deepEqual(statesOf(engine), ['large.bin done']);
    assert.ok(server.objects.get('large.bin')?.bytes.equals(LARGE));
  });

  it('waits for a file that it cannot read, and takes it when it is dropped again', async () => {
    const setup = await begun();
    const { engine, server } = nextVisit(setup, () => undefined);
    assert.deepEqual(statesOf(engine), ['large.bin needs-file']);
    engine.add([aFile('large.bin', LARGE)]);
    await settle();
    assert.deepEqual(statesOf(engine), ['large.bin done']);
    assert.equal(server.count('begin'), 1);
  });

  it('keeps what failed and what was paused, and what was stored unseen is done', async () => {
    const setup = fakeSetup();
    const { engine, server, clock } = setup;
    server.onCall = (operation, about) => {
      if (operation === 'begin' && about === 'denied.bin') throw new ApiError(403, 'AccessDenied', '');
      if (operation === 'putPart') return new Promise(() => {});
    };
    engine.add([aFile('denied.bin', LARGE), aFile('paused.bin', LARGE)]);
    await clock.advance(1000);
    engine.pause(engine.book.in('sending'));
    server.onCall = () => undefined;
    server.afterCall = (operation) => {
      if (operation === 'putBatch') throw new Error('the page is gone');
    };
    const { source: _, ...restored } = aFile('unseen.txt', 'unseen');
    await server.put('unseen.txt', 'unseen', restored.modifiedAtMs);
    await clock.advance(2000);
    await setup.ledger.save([
      {
        ...restored,
        id: 'unseen',
        state: 'waiting',
        error: undefined,
        place: undefined,
        rule: 'absent',
        upload: undefined,
      },
    ]);
    const next = nextVisit(setup, (path) => (path === 'unseen.txt' ? new Uint8Array(Buffer.from('unseen')) : LARGE));
    next.server.afterCall = () => undefined;
    await settle();
    assert.deepEqual(statesOf(next.engine).sort(), ['denied.bin failed', 'paused.bin paused', 'unseen.txt done']);
  });
});
