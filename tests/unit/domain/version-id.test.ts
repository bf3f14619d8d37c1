import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { newVersionId, parseVersionId, VERSION_ID_BYTES } from '../../../src-server/domain/version-id.ts';
import { shownVersionId, versionIdFor, writtenVersionId } from '../../../src-server/domain/versioning.ts';

test('ids are 32 URL-safe characters that no command line takes for an option', () => {
  for (let i = 0; i < 500; i++) {
    const id = newVersionId(randomBytes(VERSION_ID_BYTES));
    assert.match(id, /^[A-Za-z0-9._]{32}$/);
    assert.equal(parseVersionId(id), id);
    assert.equal(encodeURIComponent(id), id);
  }
  assert.equal(new Set([newVersionId(Buffer.alloc(24, 0xff)), newVersionId(Buffer.alloc(24, 0xfb))]).size, 2);
  assert.throws(() => newVersionId(Buffer.alloc(23)));
});

test('what can be no id is an invalid argument, not an absent version', () => {
  assert.equal(parseVersionId('null'), 'null');
  for (const bad of ['', 'NULL', 'a'.repeat(31), 'a'.repeat(33), `${'a'.repeat(31)}-`, "' OR 1=1 --"]) {
    assert.throws(
      () => parseVersionId(bad),
      (error) => isFailure(error, 'InvalidArgument'),
    );
  }
});

test('who is told which id', () => {
  const id = newVersionId(Buffer.alloc(24, 1));
  const none = parseVersionId('null');
  assert.equal(versionIdFor('Enabled', id), id);
  assert.equal(versionIdFor('Off', id), none);
  assert.equal(versionIdFor('Suspended', id), none);
  assert.equal(writtenVersionId('Off', none, 'APN/1.0 Veeam/1.0'), undefined);
  assert.equal(writtenVersionId('Enabled', id, ''), id);
  assert.equal(writtenVersionId('Suspended', none, 'aws-cli'), undefined);
  assert.equal(writtenVersionId('Suspended', none, 'APN/1.0 Veeam/1.0 Backup/12'), none);
  assert.equal(shownVersionId('Off', none), undefined);
  assert.equal(shownVersionId('Suspended', none), none);
});
