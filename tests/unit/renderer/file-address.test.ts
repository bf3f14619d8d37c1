import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parentOf, prefixOf, splatOf } from '../../../src-renderer/lib/file-address.ts';

describe('folders in the address', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', ''],
    ['2026/march/', '2026/march'],
    ['a//b/', 'a/~/b'],
    ['/', '~'],
    ['//', '~/~'],
    ['../', '~2e~2e'],
    ['a/./../', 'a/~2e/~2e~2e'],
    ['...a/', '...a'],
    ['100%/', '100~25'],
    ['~/~41/', '~7e/~7e41'],
    ['tab\tand\\slash/', 'tab~09and~5cslash'],
    ['why? #1/', 'why~3f ~231'],
    ['ümläut & 日本/', 'ümläut & 日本'],
  ];
  for (const [prefix, splat] of cases) {
    it(`${JSON.stringify(prefix)} is ${JSON.stringify(splat)}`, () => {
      assert.equal(splatOf(prefix), splat);
      assert.equal(prefixOf(splat), prefix);
    });
  }

  it('takes an address with a slash at its end', () => assert.equal(prefixOf('a/b/'), 'a/b/'));

  it('knows where a key stands', () => {
    assert.deepEqual(['a/b/c', 'a/b/', 'a', '/', 'a//'].map(parentOf), ['a/b/', 'a/', '', '', 'a/']);
  });
});
