import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { EpochMs } from '../../../src-server/domain/ids.ts';
import { endingOf, numberedName, receivedFileName, senderFolder } from '../../../src-server/domain/received-name.ts';
import { coversFolder, coversKey, endOfShare, folderOf, type ShareTerms } from '../../../src-server/domain/share.ts';

const OPEN: ShareTerms = {
  kind: 'file',
  expires_ms: null,
  revoked_ms: null,
  download_limit: null,
  downloads: 0,
  max_bytes: null,
  max_files: null,
  received_bytes: 0,
  received_files: 0,
};
// Times of a test.
const at = (ms: number) => ms as EpochMs;

describe('terms of a link', () => {
  it('end by being revoked, by time, by use', () => {
    const cases: readonly (readonly [Partial<ShareTerms>, ReturnType<typeof endOfShare>])[] = [
      [{}, undefined],
      [{ expires_ms: at(101) }, undefined],
      [{ expires_ms: at(100) }, 'expired'],
      [{ revoked_ms: at(1), expires_ms: at(1) }, 'revoked'],
      [{ download_limit: 2, downloads: 1 }, undefined],
      [{ download_limit: 2, downloads: 2 }, 'used-up'],
      [{ max_files: 1, received_files: 1 }, 'used-up'],
      [{ max_bytes: 10, received_bytes: 9 }, undefined],
      [{ max_bytes: 10, received_bytes: 10 }, 'used-up'],
    ];
    for (const [terms, end] of cases) assert.equal(endOfShare({ ...OPEN, ...terms }, 100), end, JSON.stringify(terms));
  });

  it('cover the keys of their items and no others', () => {
    assert.equal(coversKey(['a/b.txt'], 'a/b.txt'), true);
    assert.equal(coversKey(['a/b.txt'], 'a/b.txt.bak'), false);
    assert.equal(coversKey(['a/'], 'a/../secret'), true);
    assert.equal(coversKey(['a/'], 'ab'), false);
    assert.equal(coversKey([''], 'anything'), true);
    assert.equal(coversFolder(['a/'], 'a/b/'), true);
    assert.equal(coversFolder(['a/'], 'a'), false);
    assert.equal(coversFolder(['a/b.txt'], 'a/b.txt/'), false);
    assert.deepEqual(['a/b/c', 'a/b/', 'a', ''].map(folderOf), ['a/b/', 'a/', '', '']);
  });
});

describe('names of files that are sent', () => {
  it('never hold a folder, a control character or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const name of [receivedFileName(text), senderFolder(text)]) {
          assert.ok(name !== '' && name.length <= 400 && !/[\p{Cc}/\\]/u.test(name) && !/^\.*$/.test(name), name);
        }
      }),
    );
    assert.equal(receivedFileName('../../etc/passwd'), 'passwd');
    assert.equal(receivedFileName('C:\\fakepath\\plan.pdf'), 'plan.pdf');
    assert.equal(receivedFileName('..'), 'file');
    assert.equal(receivedFileName('evil\u202Egpj.exe'), 'evilgpj.exe');
    assert.equal(senderFolder(' / '), 'anonymous');
  });

  it('are numbered before their ending', () => {
    assert.deepEqual(
      ['plan.pdf', 'plan', '.env', 'a.tar.gz'].map((name) => numberedName(name, 2)),
      ['plan (2).pdf', 'plan (2)', '.env (2)', 'a.tar (2).gz'],
    );
    assert.equal(numberedName('plan.pdf', 1), 'plan.pdf');
    assert.deepEqual(['a.PDF', 'a', 'a.'].map(endingOf), ['pdf', '', '']);
  });
});
