import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { parseStorageClass, STORAGE_CLASSES, tierOf } from '../../../src-server/domain/storage-class.ts';

test('each class has the tier of DESIGN §1', () => {
  assert.deepEqual(Object.fromEntries(STORAGE_CLASSES.map((name) => [name, tierOf(name)])), {
    STANDARD: 'hot',
    REDUCED_REDUNDANCY: 'hot',
    INTELLIGENT_TIERING: 'hot',
    STANDARD_IA: 'warm',
    ONEZONE_IA: 'warm',
    GLACIER_IR: 'cold',
  });
});

test('a class that cannot be kept is refused by name', () => {
  assert.equal(parseStorageClass(undefined), 'STANDARD');
  assert.equal(parseStorageClass('GLACIER_IR'), 'GLACIER_IR');
  for (const name of ['GLACIER', 'DEEP_ARCHIVE', 'OUTPOSTS', 'SNOW', 'EXPRESS_ONEZONE', 'standard', '', 'HOT']) {
    assert.throws(
      () => parseStorageClass(name),
      (error) => isFailure(error, 'InvalidStorageClass'),
      name,
    );
  }
});
