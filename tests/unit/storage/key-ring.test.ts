import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createKeyRing } from '../../../src-server/storage/create-key-ring.ts';
import { WrongMasterKey } from '../../../src-server/storage/key-ring.ts';
import { MasterKeyUnusable, openMasterKey } from '../../../src-server/storage/master-key.ts';
import { formatMasterKey, parseMasterKey } from '../../../src-server/storage/master-key-text.ts';
import { parseRecoveryKit } from '../../../src-server/storage/recovery-kit.ts';

const INSTALL = '6f1c2a52-7f5e-4c1e-9a3b-0123456789ab';

describe('key ring', () => {
  const ring = createKeyRing(Buffer.alloc(32, 7));

  it('opens what it sealed', () => {
    const made = ring.newDataKey();
    assert.deepEqual(Buffer.from(ring.openDataKey(made.envelope).plain), Buffer.from(made.plain));
    assert.equal(ring.openSecret(ring.sealSecret('sécret', 'AKIA'), 'AKIA'), 'sécret');
  });

  it('refuses every altered bit, another context, another use and another key', () => {
    const sealed = ring.sealSecret('secret', 'AKIA');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Buffer.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.throws(() => ring.openSecret(altered, 'AKIA'), WrongMasterKey, `bit ${bit}`);
    }
    assert.throws(() => ring.openSecret(sealed, 'AKIB'), WrongMasterKey);
    assert.throws(() => ring.openSecret(ring.newDataKey().envelope, ''), WrongMasterKey);
    assert.throws(() => createKeyRing(Buffer.alloc(32, 8)).openSecret(sealed, 'AKIA'), WrongMasterKey);
    assert.throws(() => ring.openDataKey(Buffer.alloc(0)), WrongMasterKey);
  });

  it('opens the right data key however many it opened before', () => {
    const made = Array.from({ length: 600 }, () => ring.newDataKey());
    for (const { plain, envelope } of [...made, ...made.toReversed()]) {
      assert.deepEqual(Buffer.from(ring.openDataKey(envelope).plain), Buffer.from(plain));
      const altered = Buffer.from(envelope);
      altered[30] = (altered[30] ?? 0) ^ 1;
      assert.throws(() => ring.openDataKey(altered), WrongMasterKey);
    }
  });

  it('never makes the same envelope twice', () => {
    assert.notDeepEqual(ring.sealSecret('secret', 'AKIA'), ring.sealSecret('secret', 'AKIA'));
  });
});

describe('master key text', () => {
  it('survives a person, who may not keep case, dashes, O and I apart', () => {
    for (let round = 0; round < 50; round += 1) {
      const key = randomBytes(32);
      const text = formatMasterKey(key);
      assert.match(text, /^([0-9A-Z]{4}-){13}[0-9A-Z]{4}$/);
      assert.deepEqual(parseMasterKey(text), key);
      const typed = ` ${text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}\n`;
      assert.deepEqual(parseMasterKey(typed), key);
    }
  });

  it('notices one wrong sign', () => {
    const text = formatMasterKey(Buffer.alloc(32, 9));
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] === '-') continue;
      const wrong = text.slice(0, at) + (text[at] === '7' ? '8' : '7') + text.slice(at + 1);
      assert.equal(parseMasterKey(wrong), undefined, `sign ${at}`);
    }
  });

  it('takes hex and base64 as other tools make them', () => {
    const key = randomBytes(32);
    assert.deepEqual(parseMasterKey(`${key.toString('hex')}\n`), key);
    assert.deepEqual(parseMasterKey(key.toString('base64')), key);
    assert.equal(parseMasterKey('secret'), undefined);
  });
});

describe('master key', () => {
  let dataDir = '';
  const open = (masterKeyFile: string | null = null, credentialsDirectory?: string, mayCreate = true) =>
    openMasterKey({ dataDir, installId: INSTALL, masterKeyFile, credentialsDirectory, mayCreate });
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'stowage-key-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is made once, private, with a recovery kit that gives it back', async () => {
    const first = await open();
    assert.equal(first.newRecoveryKit, join(dataDir, 'recovery-kit.txt'));
    for (const name of ['master-key', 'recovery-kit.txt']) {
      assert.equal(statSync(join(dataDir, name)).mode & 0o777, 0o600);
    }
    const kit = parseRecoveryKit(readFileSync(join(dataDir, 'recovery-kit.txt'), 'utf8'));
    assert.equal(kit?.installId, INSTALL);
    assert.deepEqual(Buffer.from(kit?.masterKey ?? []), first.key);
    const second = await open();
    assert.deepEqual(second.key, first.key);
    assert.equal(second.newRecoveryKit, undefined);
  });

  it('is not made anew once it was lost', async () => {
    await open();
    rmSync(join(dataDir, 'master-key'));
    await assert.rejects(open(), MasterKeyUnusable);
  });

  it('is not made where something was sealed, though nothing is left that says so', async () => {
    const { key } = await open();
    for (const name of ['master-key', 'master-key-check.json']) rmSync(join(dataDir, name));
    await assert.rejects(open(null, undefined, false), { name: 'MasterKeyUnusable', message: /recovery kit/ });
    assert.equal(existsSync(join(dataDir, 'master-key')), false);
    writeFileSync(join(dataDir, 'master-key'), formatMasterKey(key).toLowerCase());
    assert.deepEqual((await open(null, undefined, false)).key, key);
  });

  it('must be the right one', async () => {
    const { key } = await open();
    const file = join(dataDir, 'other');
    writeFileSync(file, formatMasterKey(Buffer.alloc(32)));
    await assert.rejects(open(file), WrongMasterKey);
    writeFileSync(file, key);
    assert.deepEqual((await open(file)).key, key);
    writeFileSync(file, 'nonsense');
    await assert.rejects(open(file), MasterKeyUnusable);
    await assert.rejects(open(join(dataDir, 'absent')), MasterKeyUnusable);
  });

  it('comes from a credential of systemd, and then stays out of the kit', async () => {
    const credentials = mkdtempSync(join(tmpdir(), 'stowage-credentials-'));
    const key = randomBytes(32);
    writeFileSync(join(credentials, 'stowage-master-key'), key.toString('hex'));
    const opened = await open(null, credentials);
    assert.deepEqual(opened.key, key);
    assert.equal(parseRecoveryKit(readFileSync(join(dataDir, 'recovery-kit.txt'), 'utf8'))?.masterKey, undefined);
    rmSync(credentials, { recursive: true });
  });
});
