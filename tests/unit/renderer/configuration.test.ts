import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { strengthOf } from '../../../src-renderer/features/settings/passphrase-strength.ts';
import { qrTextOf, readKit } from '../../../src-renderer/features/setup/recovery-kit.ts';
import { formatRecoveryKit, parseRecoveryKit } from '../../../src-server/storage/recovery-kit.ts';

const INSTALL = '0b8f7f6e-6a0c-4a55-9f0e-0d8f3a1b2c3d';

test('the QR code of a recovery sheet reads as a recovery kit', () => {
  const kit = { installId: INSTALL, masterKey: randomBytes(32) };
  const facts = readKit(formatRecoveryKit(kit));
  assert.deepEqual(parseRecoveryKit(qrTextOf(facts)), kit);
  const away = readKit(formatRecoveryKit({ installId: INSTALL, masterKey: undefined, keptAt: '/run/key' }));
  assert.deepEqual(away, { installId: INSTALL, masterKey: undefined });
  assert.equal(parseRecoveryKit(qrTextOf(away))?.masterKey, undefined);
});

test('how strong a passphrase is, in words', () => {
  assert.equal(strengthOf('kZ8!x'), 'short');
  assert.equal(strengthOf('aaaaaaaaaaaaaaaaaaaaaaaa'), 'weak');
  assert.equal(strengthOf('abcdefghijklmnop'), 'weak');
  assert.equal(strengthOf('password1234'), 'weak');
  assert.equal(strengthOf('riverbridges'), 'fair');
  assert.equal(strengthOf('seven bridges over the cold river'), 'strong');
});
