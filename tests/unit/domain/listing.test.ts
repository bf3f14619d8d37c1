import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  AFTER_ALL_KEYS,
  commonPrefixOf,
  compareKeys,
  endOfPrefix,
  firstKeyOf,
  successorOf,
} from '../../../src-server/domain/listing.ts';

const text = fc.string({ unit: 'binary', maxLength: 6 }).filter((value) => value.isWellFormed());
const byBytes = (a: string, b: string) => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));

test('keys compare as their UTF-8 bytes do', () => {
  const cases = ['', 'a', 'a\0', 'a/', 'ab', 'b', 'é', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}'];
  for (const a of cases) for (const b of cases) assert.equal(Math.sign(compareKeys(a, b)), byBytes(a, b), `${a} ${b}`);
  fc.assert(
    fc.property(text, text, (a, b) => assert.equal(Math.sign(compareKeys(a, b)), byBytes(a, b))),
    { seed: 1 },
  );
});

test('the end of a prefix is behind every key that has it, and before every other greater one', () => {
  assert.equal(endOfPrefix('a/'), 'a0');
  assert.equal(endOfPrefix('\ud7ff'), '\ue000');
  assert.equal(endOfPrefix('a\u{10ffff}'), 'b');
  assert.equal(endOfPrefix('\u{10ffff}'), AFTER_ALL_KEYS);
  assert.equal(endOfPrefix(''), AFTER_ALL_KEYS);
  assert.ok(compareKeys('\u{10ffff}'.repeat(256), AFTER_ALL_KEYS) < 0);
  fc.assert(
    fc.property(text, text, (prefix, other) => {
      const end = endOfPrefix(prefix);
      assert.ok(compareKeys(prefix + other, end) < 0);
      if (!other.startsWith(prefix) && compareKeys(other, prefix) > 0) assert.ok(compareKeys(other, end) >= 0);
    }),
    { seed: 2 },
  );
});

test('nothing stands between a key and its successor', () => {
  assert.ok(compareKeys('a', successorOf('a')) < 0);
  assert.equal(compareKeys(successorOf('a'), 'a\0'), 0);
});

test('common prefixes reach to the next delimiter behind the prefix', () => {
  const of = (key: string, prefix: string, delimiter: string) => commonPrefixOf(key, { prefix, delimiter });
  assert.equal(of('a/b/c', '', '/'), 'a/');
  assert.equal(of('a/b/c', 'a/', '/'), 'a/b/');
  assert.equal(of('a/b', 'a/', '/'), undefined);
  assert.equal(of('a/', 'a', '/'), 'a/');
  assert.equal(of('/a', '', '/'), '/');
  assert.equal(of('a--b--c', '', '--'), 'a--');
  assert.equal(of('a/b', '', ''), undefined);
});

test('a page begins behind its marker, and behind the group the marker is in', () => {
  const first = (after: string, prefix = '', delimiter = '/') => firstKeyOf({ prefix, delimiter }, after);
  assert.equal(first(''), '');
  assert.equal(first('', 'p/'), 'p/');
  assert.equal(first('a', 'p/'), 'p/');
  assert.equal(first('p/x', 'p/'), 'p/x\0');
  assert.equal(first('p/x/', 'p/'), 'p/x0');
  assert.equal(first('p/x/y', 'p/'), 'p/x0');
  assert.equal(first('p/x/y', 'p/', ''), 'p/x/y\0');
  assert.equal(first('q', 'p/'), 'q\0');
});
