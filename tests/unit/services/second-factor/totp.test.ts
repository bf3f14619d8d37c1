import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserId } from '../../../../src-server/domain/ids.ts';
import { hashRecoveryCode, newRecoveryCodes } from '../../../../src-server/services/second-factor/recovery-codes.ts';
import {
  otpauthUri,
  stepAt,
  stepOfCode,
  toTotpText,
  totpCode,
} from '../../../../src-server/services/second-factor/totp.ts';

const SECRET = Buffer.from('12345678901234567890');

test('codes are those of RFC 6238, appendix B', () => {
  const vectors: readonly (readonly [number, string])[] = [
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ];
  for (const [seconds, code] of vectors) assert.equal(totpCode(SECRET, stepAt(seconds * 1000), 8), code);
});

test('codes are those of RFC 4226, appendix D', () => {
  const codes = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];
  for (const [counter, code] of codes.entries()) assert.equal(totpCode(SECRET, counter), code);
});

test('a code is taken in its own step and the two beside it', () => {
  const atMs = 1_700_000_000_000;
  const step = stepAt(atMs);
  const code = totpCode(SECRET, step);
  for (const by of [-1, 0, 1]) assert.equal(stepOfCode(SECRET, code, atMs + by * 30_000), step);
  for (const by of [-2, 2]) assert.equal(stepOfCode(SECRET, code, atMs + by * 30_000), undefined);
  for (const wrong of ['', '12345', '1234567', 'abcdef', `${code} `]) {
    assert.equal(stepOfCode(SECRET, wrong, atMs), undefined);
  }
});

test('the secret and its address are what apps read (RFC 4648, section 10)', () => {
  assert.equal(toTotpText(Buffer.from('foobar')), 'MZXW6YTBOI');
  assert.equal(toTotpText(SECRET), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
  assert.equal(
    otpauthUri('Stowage', 'anna+b', SECRET),
    'otpauth://totp/Stowage:anna%2Bb?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Stowage',
  );
});

test('recovery codes are ten, of 80 bits, read as people type them and bound to their user', () => {
  // A test mints ids.
  const [anna, bert] = [1 as UserId, 2 as UserId];
  const { codes, hashes } = newRecoveryCodes(anna);
  assert.equal(new Set(codes).size, 10);
  for (const [index, code] of codes.entries()) {
    assert.match(code, /^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    const typed = code.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    assert.deepEqual(hashRecoveryCode(anna, typed), hashes[index]);
    assert.notDeepEqual(hashRecoveryCode(bert, code), hashes[index]);
  }
  for (const wrong of ['', 'abcd', '!', `${codes[0]}0`]) assert.equal(hashRecoveryCode(anna, wrong), undefined);
});
