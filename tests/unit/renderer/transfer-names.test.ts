import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fittingKey, keyFault } from '../../../src-renderer/features/transfers/engine/key-names.ts';
import { aFile, fakeSetup, settle } from '../../support/transfer-fakes.ts';

const LONG = `${'folder/'.repeat(180)}${'ü'.repeat(200)}.txt`;

describe('names that cannot be keys', () => {
  it('are found before anything is sent, and fail no other file', async () => {
    const { engine, server } = fakeSetup();
    engine.add([aFile(LONG, 'long'), aFile('broken \ud800.txt', 'broken'), aFile('fine.txt', 'fine')]);
    await settle();
    assert.deepEqual([...server.objects.keys()], ['fine.txt']);
    assert.deepEqual(
      engine.list('failed').map(({ error }) => error?.code),
      ['KeyTooLongError', 'InvalidURI'],
    );
    engine.resume(engine.list('failed'));
    await settle();
    assert.equal(engine.book.totals.failed.files, 2, 'the same name fails the same way');
    for (const transfer of engine.list('failed')) transfer.key = fittingKey(transfer.key);
    engine.resume(engine.list('failed'));
    await settle();
    assert.equal(engine.book.totals.done.files, 3);
  });

  it('are cut to what fits, keep their ending and stay two', () => {
    const keys = [
      LONG,
      LONG.replace('.txt', 'x.txt'),
      `${'n'.repeat(2000)}`,
      `a/${'€'.repeat(500)}.${'e'.repeat(600)}`,
    ];
    for (const key of keys) {
      const fitting = fittingKey(key);
      assert.equal(keyFault(fitting), undefined, fitting);
      assert.ok(!fitting.includes('\ufffd'), fitting);
    }
    assert.match(fittingKey(LONG), /^folder\/.*\.txt$/);
    assert.equal(new Set(keys.map(fittingKey)).size, 4);
    assert.equal(fittingKey('as it is.txt'), 'as it is.txt');
  });
});
