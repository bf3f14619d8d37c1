import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareKeys } from '../../../src-server/domain/listing.ts';
import { SafeNames } from '../../../src-server/domain/zip-names.ts';

function namesOf(keys: readonly string[]): string[] {
  const names = new SafeNames();
  return keys.toSorted(compareKeys).map((key) => names.next(key, 1).name);
}

describe('names in an archive', () => {
  it('leaves what is safe as it is', () => {
    const keys = ['a', 'b/c.txt', 'b/ü ñ (1).tar.gz', '日本/語.txt'];
    assert.deepEqual(namesOf(keys), keys.toSorted(compareKeys));
  });

  it('makes folders of markers only, and keeps their bytes where they have any', () => {
    const names = new SafeNames();
    assert.deepEqual(names.next('a/', 0), { name: 'a/', isFolder: true, isChanged: false });
    assert.deepEqual(names.next('a/b', 1), { name: 'a/b', isFolder: false, isChanged: false });
    assert.deepEqual(names.next('c/', 3), { name: 'c/_', isFolder: false, isChanged: true });
  });

  it('lets nothing out of the folder it is unpacked in', () => {
    const keys = ['/etc/passwd', '../x', '../../x', 'a//b', 'a/./b', 'a/../b', '..', 'C:\\x', 'a\u0000b'];
    assert.deepEqual(namesOf(keys), [
      '__',
      '__ (2)/__/x',
      '__ (2)/x',
      '_/etc/passwd',
      'C__x',
      'a_b',
      'a/__/b',
      'a/_/b',
      'a/_ (2)/b',
    ]);
  });

  it('tells apart what letter case, accents or a folder would make one', () => {
    assert.deepEqual(namesOf(['Readme.md', 'readme.md', 'é', 'e\u0301', 'x', 'x/y', 'x/z', 'CON', 'nul.txt', 'end.']), [
      '_CON',
      'Readme.md',
      'end_',
      'é'.normalize('NFD'),
      '_nul.txt',
      'readme (2).md',
      'x',
      'x (2)/y',
      'x (2)/z',
      'é (2)',
    ]);
  });

  it('cuts what no file system takes, and keeps the ending', () => {
    const [name = ''] = namesOf([`${'ü'.repeat(300)}.pdf`]);
    assert.ok(Buffer.byteLength(name) <= 240 && name.endsWith('ü.pdf'), name);
  });

  it('never gives a name twice or one that leads out, whatever the keys', () => {
    const part = fc.constantFrom(
      '',
      '.',
      '..',
      'a',
      'A',
      'b',
      '_',
      '__',
      'a (2)',
      'é',
      'e\u0301',
      '\\',
      ':',
      'con',
      'x.',
    );
    const key = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(
        fc.uniqueArray(
          key.filter((text) => text !== ''),
          { maxLength: 40 },
        ),
        (keys) => {
          const found = namesOf(keys).map((name) => name.toLowerCase().normalize('NFC'));
          const folders = new Set(
            found.flatMap((name) =>
              name
                .split('/')
                .slice(0, -1)
                .map((_, i, parts) => parts.slice(0, i + 1).join('/')),
            ),
          );
          assert.equal(new Set(found).size, found.length);
          for (const name of found) {
            assert.ok(!folders.has(name), `${name} is a file and a folder`);
            assert.ok(
              name.split('/').every((text) => text !== '' && text !== '.' && text !== '..'),
              name,
            );
          }
        },
      ),
    );
  });
});
