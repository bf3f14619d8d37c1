import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { checkedHeaderValue, decodeHeaderText, encodeHeaderText } from '../../../src-server/domain/header-text.ts';

const wire = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

test('ASCII stands as it is', () => {
  assert.equal(decodeHeaderText('plain text; a=b'), 'plain text; a=b');
  assert.equal(encodeHeaderText('plain text; a=b'), 'plain text; a=b');
  assert.equal(encodeHeaderText(''), '');
});

test('bytes are read as UTF-8, else as ISO-8859-1', () => {
  assert.equal(decodeHeaderText(wire('naïve — 日本')), 'naïve — 日本');
  assert.equal(decodeHeaderText('caf\xe9'), 'café');
});

test('encoded words are read in both encodings and three character sets', () => {
  assert.equal(decodeHeaderText('=?UTF-8?B?w4RNw4Raw5XDkSBTMw==?='), 'ÄMÄZÕÑ S3');
  assert.equal(decodeHeaderText('=?utf-8?q?caf=C3=A9_noir?='), 'café noir');
  assert.equal(decodeHeaderText('=?iso-8859-1?Q?caf=E9?='), 'café');
  assert.equal(decodeHeaderText('a =?UTF-8?B?w6k=?=  =?UTF-8?B?w6g=?= b'), 'a éè b');
});

test('what is no encoded word stays', () => {
  for (const text of ['=?UTF-8?X?abc?=', '=?utf-16?B?AAA=?=', '=?UTF-8?B?/w==?=', '=??=', 'a =? b']) {
    assert.equal(decodeHeaderText(text), text);
  }
});

test('any text comes back, and what is sent is printable ASCII', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      fc.pre(!text.includes('=?') && text.isWellFormed());
      const sent = encodeHeaderText(text);
      assert.match(sent, /^[ -~]*$/);
      assert.equal(decodeHeaderText(sent), text);
    }),
    { numRuns: 500, seed: 7 },
  );
});

test('encoded words are at most 75 characters long', () => {
  for (const word of encodeHeaderText('é'.repeat(300)).split(' ')) assert.ok(word.length <= 75, word);
});

test('a header value that cannot be sent is refused by name', () => {
  assert.equal(checkedHeaderValue('x', 'caf\xe9'), 'caf\xe9');
  for (const value of ['日本', 'a\r\nb', 'a\0']) {
    assert.throws(
      () => checkedHeaderValue('response-expires', value),
      (error) => isFailure(error, 'InvalidArgument'),
    );
  }
});
